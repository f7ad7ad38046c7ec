/** Passwords that everyone tries first. Compared in lower case. */
export const COMMON_PASSWORDS = new Set(
  `12345678 123456789 1234567890 11111111 00000000 88888888 66666666 87654321 12341234 11223344 password password1 passw0rd
  p@ssw0rd p@ssword qwertyui qwertyuiop qwerty123 1qaz2wsx 1q2w3e4r 1q2w3e4r5t asdfghjk abcd1234 abc12345 a1234567 a12345678
  aa123456 admin123 admin1234 admin888 administrator root1234 woaini1314 woaini520 iloveyou zaq12wsx welcome1 letmein1
  sunshine football princess test1234 changeme`
    .split(/\s+/)
    .filter(Boolean),
);

/** At least 8 characters, not the user name, not a common one. */
export const isStrongPassword = (password: string, username: string): boolean => {
  const lower = password.toLowerCase();
  return [...password].length >= 8 && lower !== username.toLowerCase() && !COMMON_PASSWORDS.has(lower);
};
