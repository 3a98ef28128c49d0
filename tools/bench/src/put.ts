import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type Row = (string | number | boolean | null)[];

/** Copies rows into a table. */
export type Put = (table: string, columns: string, from: Iterable<Row>) => Promise<void>;

/** @param counted is told of each row */
export const putBy =
  (client: Client, counted: () => void): Put =>
  (table, columns, from) =>
    pipeline(
      Readable.from(
        (function* () {
          let chunk = '';
          for (const row of from) {
            counted();
            chunk += `${row.map((value) => (value === null ? '\\N' : String(value))).join('\t')}\n`;
            if (chunk.length < 65_536) continue;
            yield chunk;
            chunk = '';
          }
          if (chunk) yield chunk;
        })(),
      ),
      client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
    );
