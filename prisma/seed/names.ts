const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
];
const FIRST = [...'文志建国海明晓雪春秋云子一思天永嘉俊雨若清宏立正宇可书佳景安怀仲'];
const SECOND = [...'平华强军芳敏静涛超辉洁娟霞燕玲波宁鹏飞琳瑶航博涵轩妍彤岚峰磊'];

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Gives invented names, one after the other: always the same, none twice. */
export function makeNames(): () => string {
  const total = SURNAMES.length * FIRST.length * SECOND.length;
  // A stride that shares no factor with the total visits every combination once, far apart in each list.
  let stride = 7919;
  while (gcd(stride, total) !== 1) stride += 1;
  let n = 0;
  return () => {
    if (n >= total) throw new RangeError(`there are only ${total} names`);
    const i = (n * stride) % total;
    n += 1;
    const surname = SURNAMES[i % SURNAMES.length] as string;
    const rest = Math.floor(i / SURNAMES.length);
    return `${surname}${FIRST[rest % FIRST.length]}${SECOND[Math.floor(rest / FIRST.length)]}`;
  };
}
