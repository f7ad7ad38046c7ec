/** A fresh Idempotency-Key. Not `randomUUID`: that is missing on plain http, which closed networks use. */
export function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
