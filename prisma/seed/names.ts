const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
];
const FIRST = [...'文志建国海明晓雪春秋云子一思天永嘉俊雨若清宏立正宇可书佳景安怀仲'];
const SECOND = [...'平华强军芳敏静涛超辉洁娟霞燕玲波宁鹏飞琳瑶航博涵轩妍彤岚峰磊'];

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Gives invented names, one after the other from a place in the list: always the same, none twice. */
export function makeNames(from = 0): () => string {
  const total = SURNAMES.length * FIRST.length * SECOND.length;
  // A stride that shares no factor with the total visits every combination once, far apart in each list.
  let stride = 7919;
  while (gcd(stride, total) !== 1) stride += 1;
  let n = from;
  return () => {
    if (n >= total) throw new RangeError(`there are only ${total} names`);
    const i = (n * stride) % total;
    n += 1;
    const surname = SURNAMES[i % SURNAMES.length] as string;
    const rest = Math.floor(i / SURNAMES.length);
    return `${surname}${FIRST[rest % FIRST.length]}${SECOND[Math.floor(rest / FIRST.length)]}`;
  };
}

const GIVEN =
  'Ada,Alan,Amara,Ben,Carla,Daniel,Elena,Felix,Grace,Hana,Irene,James,Keisha,Luis,Maya,Nadia,Omar,Priya,Quinn,Rosa,Samuel,Tessa,Victor,Wendy'.split(
    ',',
  );
const FAMILY =
  'Alvarez,Baker,Chen,Diaz,Edwards,Foster,Garcia,Hughes,Ibrahim,Jackson,Klein,Lopez,Murphy,Nguyen,Okafor,Patel,Reyes,Schmidt,Torres,Walker,Young'.split(
    ',',
  );

/** The same in English, with a middle initial. */
export function makeEnglishNames(): () => string {
  let n = 0;
  return () => {
    const given = GIVEN[n % GIVEN.length];
    const family = FAMILY[Math.floor(n / GIVEN.length) % FAMILY.length];
    const initial = String.fromCharCode(65 + Math.floor(n / (GIVEN.length * FAMILY.length)));
    n += 1;
    return `${given} ${initial}. ${family}`;
  };
}
