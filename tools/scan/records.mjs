/** Finds, through the API itself, an id for each name that operations give to their ids. */
export async function findRecords(door, { region }) {
  const records = { clientId: region.clientId, clientSecret: region.clientSecret };
  const collect = (value) => {
    if (Array.isArray(value)) return value.slice(0, 50).forEach(collect);
    if (!value || typeof value !== 'object') return;
    for (const [name, one] of Object.entries(value)) {
      if (typeof one === 'string' && /Id$/.test(name)) records[name] ??= one;
      else collect(one);
    }
  };
  const today = new Date();
  const day = (offset) => new Date(today.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  const [admin, teacher, guardian] = ['administrator', 'teacher', 'guardian'];
  collect(await door.get(guardian, '/api/v1/notifications/settings'));
  for (let back = 0; back > -7; back -= 1)
    collect(await door.get(teacher, `/api/v1/journal/lessons?date=${day(back)}`));
  collect(await door.get(teacher, '/api/v1/journal/journals'));
  collect(
    await door.get(teacher, `/api/v1/journal/journals/${records.groupId}/page?from=${day(-14)}&to=${day(0)}`),
  );
  collect(await door.get(admin, '/api/v1/classes'));
  collect(await door.get(admin, '/api/v1/school-year'));
  collect(await door.get(admin, '/api/v1/report-choices'));
  collect(await door.get(admin, '/api/v1/journal/work-types'));
  collect(await door.get(admin, '/api/v1/notifications/deliveries'));
  collect(await door.get(admin, `/api/v1/people?kind=staff&pageSize=200`));
  records.staffId = records.personId;
  // Somebody whose account may be blocked and reset without anyone of the scan losing theirs.
  const { people = [] } = await door.get(admin, '/api/v1/people?kind=student&account=none&pageSize=1');
  records.personId = people[0]?.personId ?? people[0]?.id ?? records.personId;
  const account = await door.post(admin, `/api/v1/people/${records.personId}/account`, {});
  records.accountId = account.accountId ?? records.accountId;
  const jobs = await door.get('regional-operator', '/api/exchange/v1/rosters');
  records.jobId = jobs.jobs?.[0]?.id;
  records.today = day(0);
  door.forget();
  return records;
}
