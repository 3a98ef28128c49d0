import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  moveToSchoolYear,
  packRoster,
  readRosterTables,
  schoolYearOf,
  type RosterTables,
} from '@parta/standalone/demo';
import { call, JSON_BODY } from './http.js';

const ERRORS_SHOWN = 5;

export interface AppliedRoster {
  users: number;
  enrolments: number;
  packageBytes: number;
  seconds: number;
}

/** The demo's package, or a district of as many of it as it takes to have so many users. */
export async function rosterOf(users = 0): Promise<RosterTables> {
  const tables = await readRosterTables(
    fileURLToPath(new URL('../../demo/data/district-oneroster.zip', import.meta.url)),
  );
  moveToSchoolYear(tables, schoolYearOf(new Date()));
  const copies = Math.ceil(users / tables.get('users.csv')!.length);
  return copies > 1 ? multiplied(tables, copies) : tables;
}

/** Every record so many times, under other ids; what names the district or a term names the first's. */
function multiplied(tables: RosterTables, copies: number): RosterTables {
  const ids = new Set(
    ['orgs.csv', 'courses.csv', 'classes.csv', 'users.csv'].flatMap((name) =>
      (tables.get(name) ?? []).filter((row) => row.type !== 'district').map((row) => row.sourcedId!),
    ),
  );
  const SINGLE = new Set(['manifest.csv', 'academicSessions.csv']);
  return new Map(
    [...tables].map(([name, rows]) => [
      name,
      SINGLE.has(name)
        ? rows
        : rows.flatMap((row) =>
            name === 'orgs.csv' && row.type === 'district'
              ? [row]
              : Array.from({ length: copies }, (_, copy) => (copy === 0 ? row : renamed(row, copy, ids))),
          ),
    ]),
  );
}

function renamed(
  row: Record<string, string>,
  copy: number,
  ids: ReadonlySet<string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (column === 'sourcedId') return [column, `${value}-${copy}`];
      if (column === 'username' && value) return [column, `${value}-${copy}`];
      if (!/SourcedIds?$/.test(column)) return [column, value];
      return [
        column,
        value
          .split(',')
          .map((id) => (ids.has(id) ? `${id}-${copy}` : id))
          .join(','),
      ];
    }),
  );
}

/** A region that pushes its roster; who comes later with its packages is refused, so it stays the same one. */
export class Region {
  private constructor(private readonly credentials: { clientId: string; clientSecret: string }) {}

  static async open(url: string, operator: { login: string; password: string }): Promise<Region> {
    const session = await call<{ accessToken: string }>(
      url,
      'POST',
      '/api/v1/session',
      JSON_BODY,
      JSON.stringify(operator),
    );
    return new Region(
      await call(
        url,
        'POST',
        '/api/v1/clients',
        { ...JSON_BODY, authorization: `Bearer ${session.accessToken}` },
        JSON.stringify({ name: 'Bench', scopes: ['roster.write', 'roster.read'] }),
      ),
    );
  }

  /** @returns what was pushed, and the seconds until it was applied */
  async push(url: string, tables: RosterTables): Promise<AppliedRoster> {
    const bytes = await packRoster(tables);
    const authorization = `Bearer ${await this.token(url)}`;
    const startedAt = performance.now();
    const { id } = await call<{ id: string }>(
      url,
      'POST',
      '/api/exchange/v1/rosters',
      { 'content-type': 'application/zip', authorization },
      new Uint8Array(bytes),
    );
    for (;;) {
      const job = await call<{ state: string; reason: string | null; errors: unknown[] }>(
        url,
        'GET',
        `/api/exchange/v1/rosters/${id}`,
        { authorization },
      );
      if (job.state === 'applied') break;
      if (!['queued', 'running', 'validated'].includes(job.state))
        throw new Error(
          `the roster is ${job.state}: ${job.reason} ${JSON.stringify(job.errors.slice(0, ERRORS_SHOWN))}`,
        );
      await delay(100);
    }
    return {
      users: tables.get('users.csv')!.length,
      enrolments: tables.get('enrollments.csv')!.length,
      packageBytes: bytes.length,
      seconds: (performance.now() - startedAt) / 1000,
    };
  }

  private async token(url: string): Promise<string> {
    const { clientId, clientSecret } = this.credentials;
    const answer = await call<{ access_token: string }>(
      url,
      'POST',
      '/oauth/token',
      JSON_BODY,
      JSON.stringify({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    );
    return answer.access_token;
  }
}
