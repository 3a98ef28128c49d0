import { eventually } from '@parta/platform-testing';

/** Waits until the probe has something to show, and gives it. */
export const until = <T>(what: string, probe: () => Promise<T> | T): Promise<Exclude<T, false | undefined>> =>
  eventually(
    async () => {
      const found = await probe();
      if (!found) throw new Error('not yet');
      return found as Exclude<T, false | undefined>;
    },
    { describe: what },
  );
