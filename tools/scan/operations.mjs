/** In this order: who may do the most first. */
const BY_PREFERENCE = [
  'administrator',
  'teacher',
  'guardian',
  'homeroom-teacher',
  'regional-operator',
  'student',
];
/** The marker by which sqlmap is told where to put what it tries. */
export const MARK = '*';
const NOBODYS = '00000000-0000-7000-8000-000000000000';

/** Accepted by the contract, where neither the schema nor the records say what is. */
const VALUES = {
  'startSession login': 'nobody.here',
  'startSession password': 'a guess of ten',
  'requestToken grant_type': 'client_credentials',
  'recordEntries kind': 'attendance',
  'recordEntries code': 'ABSENT',
  'explainAbsences code': 'ILL',
  'orderReport kind': 'class-progress',
  token: 'x'.repeat(43),
  q: 'а',
  code: 'ABCD-EFGH-JKMN',
  'confirmContact code': '000000',
  login: 'somebody.new',
  password: 'quite another one',
  currentPassword: 'a guess of ten',
  newPassword: 'quite another one',
  service: 'journal',
  consumer: 'journal__contingent',
  startsAt: '08:30',
  endsAt: '09:15',
  quietFrom: '21:00',
  quietTo: '08:00',
  digestAt: '19:00',
  address: 'somebody@example.org',
  mark: '5',
  isBlocked: false,
};

/** Of fields that exclude each other, those that go together; the rest is left out. */
const TOGETHER = {
  recordEntries: ['entries', 'kind', 'studentId', 'cellVersion', 'code'],
  orderReport: ['kind', 'classId', 'periodId'],
};

/** Take away what the others are tried on: lessons, hours, the client. They come last. */
const DISTURBING = [
  'submitTimetable',
  'setBells',
  'transferSchoolDay',
  'setDayOff',
  'clearDayOff',
  'setClientBlocked',
];

/** Whose account may be locked by what is tried: nobody else scans with it. */
const OF_THEIR_OWN = { changePassword: 'director' };

/**
 * Every operation with a parameter in its address or a text in its body, as a request that is in order but for the marks in it.
 * @returns {{id: string, role: string | null, method: string, path: string, url: string, body: string | null, contentType: string | null, places: string[]}[]}
 */
export function operationsToScan(api, accounts, records) {
  const found = [];
  for (const [path, methods] of Object.entries(api.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const one = toScan(api, operation, method.toUpperCase(), path, accounts, records);
      if (one.places.length > 0) found.push(one);
    }
  return found.sort((a, b) => DISTURBING.indexOf(a.id) - DISTURBING.indexOf(b.id));
}

function toScan(api, operation, method, path, accounts, records) {
  const id = operation.operationId;
  const places = [];
  const mark = (place, text) => {
    places.push(place);
    return text + MARK;
  };
  const valueOf = (name, schema) => sample(api, id, path, name, schema, records);
  const isGiven = (name) => !TOGETHER[id] || TOGETHER[id].includes(name);
  let url = path;
  const query = [];
  for (const { name, in: where, schema } of operation.parameters ?? []) {
    if (where === 'header') continue;
    const value = mark(`${where} ${name}`, encodeURIComponent(String(valueOf(name, schema))));
    if (where === 'path') url = url.replace(`{${name}}`, value);
    else query.push(`${name}=${value}`);
  }
  const { contentType, body } = bodyOf(
    operation,
    (schema) => marked(api, schema, '', valueOf, mark, isGiven),
    mark,
    records,
  );
  return {
    id,
    role: roleFor(operation, id, accounts),
    method,
    path,
    url: query.length > 0 ? `${url}?${query.join('&')}` : url,
    contentType,
    body,
    places,
  };
}

/** JSON and CSV have places for payloads; a ZIP or a spreadsheet travels along only. */
function bodyOf(operation, json, mark, records) {
  const content = operation.requestBody?.content ?? {};
  const [contentType] = Object.keys(content);
  if (!contentType) return { contentType: null, body: null };
  if (content['application/json'])
    return { contentType: 'application/json', body: json(content['application/json'].schema) };
  if (contentType === 'text/csv') {
    const cell = (column, value) => mark(`cell ${column}`, value);
    const head = 'schoolSourcedId,classSourcedId,weekday,lessonNumber,room';
    const row = [
      cell('school', records.schoolId),
      cell('class', records.groupId),
      cell('weekday', '1'),
      cell('number', '1'),
      cell('room', '12'),
    ];
    return { contentType, body: `${head}\r\n${row.join(',')}\r\n` };
  }
  return { contentType, body: 'no package' };
}

/** A JSON text with a mark behind every value. Not JSON any more where the value is no text: sqlmap takes the mark out. */
function marked(api, given, name, valueOf, mark, isGiven) {
  const schema = resolve(api, given);
  if (schema.properties)
    return `{${Object.entries(schema.properties)
      .filter(([key]) => isGiven(key))
      .map(([key, one]) => `${JSON.stringify(key)}: ${marked(api, one, key, valueOf, mark, isGiven)}`)
      .join(', ')}}`;
  if (schema.type === 'array') return `[${marked(api, schema.items, name, valueOf, mark, isGiven)}]`;
  const value = valueOf(name, schema);
  if (value === null) return 'null';
  const text = mark(`body ${name}`, String(value));
  return typeof value === 'string' ? `"${text}"` : text;
}

function sample(api, id, path, name, given, records) {
  const schema = resolve(api, given);
  const known = VALUES[`${id} ${name}`] ?? VALUES[name];
  if (known !== undefined) return known;
  if (schema.enum) return schema.enum.find((one) => one !== null);
  const type = [schema.type].flat()[0];
  if (name === 'id') return path.includes('/rosters') ? (records.jobId ?? NOBODYS) : NOBODYS;
  if (name === 'personId' && path.includes('grants')) return records.staffId ?? NOBODYS;
  if (name === 'client_id') return records.clientId;
  if (name === 'client_secret') return records.clientSecret;
  if (schema.format === 'uuid' || /Id$/.test(name)) return records[name] ?? NOBODYS;
  if (schema.format === 'date') return records.today;
  if (schema.format === 'date-time') return `${records.today}T00:00:00Z`;
  if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (type === 'boolean') return true;
  return 'Слово в слово'.slice(0, schema.maxLength ?? 13);
}

function resolve(api, schema) {
  const name = schema?.$ref?.split('/').at(-1);
  if (name) return resolve(api, api.components.schemas[name]);
  const one = schema?.oneOf ?? schema?.anyOf;
  return one
    ? resolve(
        api,
        one.find(({ type }) => type !== 'null'),
      )
    : (schema ?? {});
}

function roleFor(operation, id, accounts) {
  const rights = operation['x-rights'] ?? {};
  if ('anyone' in rights) return null;
  const own = OF_THEIR_OWN[id];
  if (own && accounts.has(own)) return own;
  const isOfLessons = Object.values(rights)
    .flat()
    .every((reach) => reach === 'own lessons');
  const role = [...(isOfLessons ? ['teacher'] : []), ...BY_PREFERENCE, ...accounts.keys()].find(
    (one) => one in rights && accounts.has(one),
  );
  if (!role) throw new Error(`no demo account may ${id}`);
  return role;
}
