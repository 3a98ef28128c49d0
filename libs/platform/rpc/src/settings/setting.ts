import type { Kind } from './kinds.js';

/** Who reads settings: `npm start` in each of its forms, the processes of the image, and its jobs. */
export const READERS = [
  'start',
  'gateway',
  'identity',
  'contingent',
  'curriculum',
  'journal',
  'diary',
  'notifications',
  'reporting',
  'migrate',
  'rebuild',
] as const;
export type Reader = (typeof READERS)[number];

/** The services, each a process of its own in containers. */
export const SERVICES = [
  'identity',
  'contingent',
  'curriculum',
  'journal',
  'diary',
  'notifications',
  'reporting',
] as const satisfies readonly Reader[];

/** One environment variable. */
export interface Setting<T, D extends T | undefined> {
  kind: Kind<T>;
  /** for the administrator, one sentence or less */
  meaning: string;
  /** who honours it; `npm start` gives it to the services it starts */
  of: readonly Reader[];
  /** the value when it is not set */
  otherwise: D;
  /** the value when it is not set and `npm start` runs, if it is another */
  otherwiseAtStart?: T;
  /** what the table in the documentation says in place of the default */
  defaultSays?: string;
  /** never shown: the whole of it, or the password in an address */
  isSecret?: true;
  /** the image or its compose file sets it, the administrator does not */
  isOfImage?: true;
}

type Rest<T, D extends T | undefined> = Omit<Setting<T, D>, 'kind' | 'otherwise'>;

/** A setting that always has a value. */
export const setting = <T>(
  kind: Kind<T>,
  rest: Rest<NoInfer<T>, NoInfer<T>> & { otherwise: NoInfer<T> },
): Setting<T, T> => ({ kind, ...rest });

/** A setting that may have none. */
export const optional = <T>(kind: Kind<T>, rest: Rest<NoInfer<T>, undefined>): Setting<T, undefined> => ({
  kind,
  otherwise: undefined,
  ...rest,
});
