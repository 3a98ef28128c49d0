import { excuseOf } from './exceptions.mjs';

/** The table of what was tried and answered, and the number of findings that nothing explains. */
export function summary({ operations, sqlmap, wapiti, door }) {
  const lines = [
    '',
    '| operation | as | places | requests | answers | sqlmap | s |',
    '| --- | --- | --: | --: | --- | --- | --: |',
  ];
  const verdicts = new Map(sqlmap.map((one) => [one.id, one]));
  let failed = 0;
  let requests = 0;
  for (const { id, role, places } of operations) {
    const counts = [...(door.answers.get(id) ?? [])].sort(([a], [b]) => a - b);
    const sum = counts.reduce((total, [, n]) => total + n, 0);
    requests += sum;
    const { verdict = '', because = '', seconds = 0 } = verdicts.get(id) ?? {};
    if (verdict !== 'clean' && sqlmap.length > 0) failed += 1;
    const said = counts.map(([status, n]) => `${status}: ${n}`).join(', ');
    lines.push(
      `| ${id} | ${role ?? 'nobody'} | ${places.length} | ${sum} | ${said} | ${verdict} ${because} | ${seconds} |`,
    );
  }
  lines.push(
    '',
    `sqlmap: ${requests} requests, ${sqlmap.filter((one) => one.verdict !== 'clean').length} findings`,
  );
  for (const { name, modules, requests: addresses, findings, seconds, isCut } of wapiti) {
    lines.push(
      '',
      `${name} (${modules.join(', ')}): ${addresses} addresses, ${seconds} s${isCut ? ', ended by its time limit' : ''}`,
    );
    for (const { category, info, path, parameter } of findings) {
      const why = excuseOf('wapiti', info);
      if (!why) failed += 1;
      lines.push(
        `- ${why ? 'explained' : 'FINDING'}: ${category}: ${info} (${path}${parameter ? `, ${parameter}` : ''})${why ? `: ${why}` : ''}`,
      );
    }
  }
  const byKind = Map.groupBy(door.broken, ({ operation, status }) => `${operation} ${status}`);
  failed += byKind.size;
  for (const [kind, samples] of byKind) {
    lines.push('', `FINDING: ${kind}, ${samples.length} times, such as`);
    const { line, sent = '', body } = samples[0];
    lines.push(`  ${line}`, `  ${sent}`, `  ${body.slice(0, 500)}`);
  }
  return { text: `${lines.join('\n')}\n`, failed };
}
