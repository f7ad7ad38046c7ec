/** Chinese for the messages that schemas of ours state in English. */
export const messages: Record<string, string> = {
  'key: letters, digits, "_" and "-", starting with a letter, at most 64':
    '键：字母开头，只含字母、数字、“_”和“-”，最多 64 个字符',
  'name: letters, digits and "_", starting with a letter, at most 64':
    '名称：字母开头，只含字母、数字和“_”，最多 64 个字符',
  'a decimal, as text: "12.5"': '以文本表示的小数，如 "12.5"',
  'a decimal that is not negative, as text: "12.5"': '以文本表示的非负小数，如 "12.5"',
  'a path that begins with values, participant, indicators, ballots, adjustments, history, item, let, like values.results':
    '以 values、participant、indicators、ballots、adjustments、history、item 或 let 开头的路径，如 values.results',
  'an interval such as [80,90), [90,) or (,60)': '区间，如 [80,90)、[90,) 或 (,60)',
  'a veto gives a score, a grade or both': '一票否决要给出分数或等次，或两者都给',
  'MM-DD': '格式应为 MM-DD',
  'text with invisible or non-normalised characters': '文本含有不可见字符或未规范化（NFC）的字符',
  'user name: letters, digits, "." "_" "-" and Chinese characters, at most 64':
    '用户名：字母、数字、“.”“_”“-”和汉字，最多 64 个字符',
  'code: letters, digits, "." "_" and "-", at most 64': '代码：字母、数字、“.”“_”和“-”，最多 64 个字符',
  'a FEEL condition over text, category, place, channel':
    '关于 text、category、place、channel 的 FEEL 条件（不可用 matches、replace、split、区间循环与自定义函数）',
  'a mail address': '应为邮箱地址',
  'a day, as YYYY-MM-DD': '应为日期，格式 YYYY-MM-DD',
};
