/** Chinese for the messages that schemas of ours state in English. */
export const messages: Record<string, string> = {
  'key: letters, digits, "_" and "-", starting with a letter, at most 64':
    '键：字母开头，只含字母、数字、“_”和“-”，最多 64 个字符',
  'name: letters, digits and "_", starting with a letter, at most 64':
    '名称：字母开头，只含字母、数字和“_”，最多 64 个字符',
  'a decimal, as text: "12.5"': '以文本表示的小数，如 "12.5"',
  'MM-DD': '格式应为 MM-DD',
  'text with invisible or non-normalised characters': '文本含有不可见字符或未规范化（NFC）的字符',
  'user name: letters, digits, "." "_" "-" and Chinese characters, at most 64':
    '用户名：字母、数字、“.”“_”“-”和汉字，最多 64 个字符',
  'code: letters, digits, "." "_" and "-", at most 64': '代码：字母、数字、“.”“_”和“-”，最多 64 个字符',
  'a mail address': '应为邮箱地址',
  'a day, as YYYY-MM-DD': '应为日期，格式 YYYY-MM-DD',
};
