const SERVICES = [
  'identity',
  'contingent',
  'curriculum',
  'journal',
  'diary',
  'notifications',
  'reporting',
] as const;

/** Services whose names the texts know; a newer one is shown as it calls itself. */
export const isKnownService = (name: string): name is (typeof SERVICES)[number] =>
  (SERVICES as readonly string[]).includes(name);
