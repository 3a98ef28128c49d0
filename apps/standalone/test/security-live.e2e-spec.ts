import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diaryChangedSubject } from '@parta/contracts-diary';
import { getJournalPage, journalChangedSubject, listMissing } from '@parta/contracts-journal';
import type { RunningGateway } from '@parta/gateway';
import { reachOf, type Reach } from '@parta/platform-contract';
import { eventually } from '@parta/platform-testing';
import { AuthorisationBed } from './authorisation/bed.js';
import { coveredBy, RELATIONS, type Caller, type Relation } from './authorisation/relations.js';
import { LiveStream } from './security/live-stream.js';

const STREAMS_OF_AN_ACCOUNT = 10;
/** What somebody may have in the address to hear of more than one journal. */
const TRICKS = ['*', '>', 'school.*'];

const JOURNAL = 'journal of ';
const DIARY = 'diary of ';
const THE_END = 'that was all';

describe('live updates', () => {
  let bed: AuthorisationBed;
  let gateway: RunningGateway;

  beforeAll(async () => {
    bed = await AuthorisationBed.open();
    gateway = await bed.anotherGateway();
  }, 120_000);
  afterAll(async () => {
    await gateway?.stop();
    await bed?.close();
  }, 60_000);

  /** Everything there is to hear: of the journals and children in each relation to this caller. The own comes last. */
  const sayAllTo = (caller: Caller): void => {
    const records = bed.recordsOf(caller);
    for (const relation of [...RELATIONS].reverse()) {
      const { schoolId, groupId, studentId } = records[relation] as Record<string, string>;
      bed.say(journalChangedSubject(schoolId!, groupId!), { what: JOURNAL + groupId });
      bed.say(diaryChangedSubject(schoolId!, studentId!), { what: DIARY + studentId });
    }
  };

  /** What a caller has heard by streams opened for the journals in each relation, for all of a school, and by tricks. */
  const heardBy = async (caller: Caller): Promise<Map<string, string[]>> => {
    const records = bed.recordsOf(caller);
    const asked = [...new Set(RELATIONS.map((relation) => records[relation].groupId!)), 'school', ...TRICKS];
    // Its end is the end of every stream: until then whatever was written to one is read.
    const door = await bed.anotherGateway();
    const witness = await LiveStream.open(door.url, bed.callerOf('guardian').token!, '');
    const streams = await Promise.all(
      asked.map((journal) => LiveStream.open(door.url, caller.token!, journal)),
    );
    sayAllTo(caller);
    // The gateway hears in the order in which it is said.
    const { schoolId, studentId } = bed.recordsOf(bed.callerOf('guardian')).own;
    bed.say(diaryChangedSubject(schoolId!, studentId!), { what: THE_END });
    await eventually(() => Promise.resolve(expect(witness.heard).toContain(THE_END)));
    await door.stop();
    await witness.ended;
    const heard = new Map<string, string[]>();
    for (const [i, stream] of streams.entries()) {
      await stream.ended;
      heard.set(
        asked[i]!,
        stream.heard.filter((what) => what !== THE_END),
      );
    }
    return heard;
  };

  it('nobody hears of a journal that is not open to them, by whatever they ask for', async () => {
    const problems: string[] = [];
    for (const caller of bed.callers.filter(({ token, scopes }) => token && !scopes)) {
      const records = bed.recordsOf(caller);
      const covered = coveredBy(getJournalPage.access, caller, ['groupId']) ?? [];
      const open = new Set(covered.map((relation: Relation) => records[relation].groupId));
      // Whoever sees what is missing in the school may hear of all its journals.
      const reach = reachOf(listMissing.access, caller.role!) as readonly Reach[];
      const ofSchool = new Set(
        reach.includes('own schools')
          ? RELATIONS.filter((one) => one !== 'foreign school').map((one) => records[one].groupId)
          : [],
      );
      for (const [asked, heard] of await heardBy(caller)) {
        const journals = heard
          .filter((what) => what.startsWith(JOURNAL))
          .map((what) => what.slice(JOURNAL.length));
        const expected = asked === 'school' ? [...ofSchool] : open.has(asked) ? [asked] : [];
        if ([...new Set(journals)].sort().join() !== [...new Set(expected)].sort().join())
          problems.push(
            `${caller.name} asking for «${asked}» hears of ${journals.length}, may of ${expected.length}`,
          );
      }
    }
    expect(problems).toEqual([]);
  }, 240_000);

  it('nobody hears of a child that is not theirs', async () => {
    for (const role of ['guardian', 'student', 'teacher', 'homeroom-teacher', 'administrator'] as const) {
      const caller = bed.callerOf(role);
      const isFamily = role === 'guardian' || role === 'student';
      const own = isFamily ? [DIARY + bed.recordsOf(caller).own.studentId] : [];
      for (const [asked, heard] of await heardBy(caller)) {
        const children = new Set(heard.filter((what) => what.startsWith(DIARY)));
        expect([role, asked, [...children]]).toEqual([role, asked, own]);
      }
    }
  }, 120_000);

  it('neither nobody nor a regional system hears anything', async () => {
    const answer = await fetch(`${gateway.url}/api/v1/live`);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      401,
      'access.unauthenticated',
    ]);
    const system = bed.callers.find(({ scopes }) => scopes && scopes.length > 0)!;
    const refused = await fetch(`${gateway.url}/api/v1/live?journal=school`, {
      headers: { authorization: `Bearer ${system.token}` },
    });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      403,
      'access.forbidden',
    ]);
  });

  it('an account has so many streams open; when one ends there is room for another', async () => {
    const { token } = bed.callerOf('student');
    const open = (): Promise<LiveStream> => LiveStream.open(gateway.url, token!, '');
    const streams = await Promise.all(Array.from({ length: STREAMS_OF_AN_ACCOUNT }, open));
    for (let i = 0; i < 5; i += 1) {
      const answer = await fetch(`${gateway.url}/api/v1/live`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const { code } = (await answer.json()) as { code: string };
      expect([answer.status, code, answer.headers.get('retry-after')]).toEqual([
        429,
        'request.too-many-streams',
        '30',
      ]);
    }
    (await LiveStream.open(gateway.url, bed.callerOf('guardian').token!, '')).close();
    streams.pop()!.close();
    streams.push(await eventually(open));
    for (const stream of streams) stream.close();
  }, 60_000);
});
