const LEASE_MS = 10_000;

/**
 * Runs `work` in one tab at a time. Web Locks where the browser has them; on plain http it has not, and a lease in
 * the storage stands in: not airtight, but two tabs then rarely refresh within the same millisecond.
 */
export async function inOneTab<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request(name, work) as Promise<T>;
  const deadline = Date.now() + LEASE_MS;
  while (Number(read(name)) > Date.now() && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 50));
  }
  write(name, String(Date.now() + LEASE_MS));
  try {
    return await work();
  } finally {
    write(name, '0');
  }
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Without storage there is one tab less to agree with, not less to do.
  }
}
