import type { Settings } from '@parta/platform-rpc';

/** The administrator's address of PostgreSQL, with the password that is said beside it; undefined when there is none. */
export function adminUrlOf({
  PARTA_ADMIN_DATABASE_URL: address,
  PARTA_ADMIN_DATABASE_PASSWORD: password,
}: Settings): string | undefined {
  if (!address || !password) return address;
  const url = new URL(address);
  // The setter of `password` leaves a percent sign as it is.
  url.password = encodeURIComponent(password);
  return url.href;
}
