// docs/api/permissions.md: who may do what, and to whose records, as the contracts say.

const cell = (text) => text.replaceAll('|', '\\|');

/** @param contract the module @parta/platform-contract */
export function permissionsPage(operations, { REACHES, reachOf, ROLES, sayAccess }) {
  const lines = [
    '# Who may do what',
    '',
    'Every operation, who may call it, and how far the right reaches. Generated from `libs/contracts`; do not edit.',
    '',
    'The gateway and the owning service ask for the role; the owning service decides about the single record. Whoever may not know of a record is answered as if it were not there. `authorisation.e2e-spec.ts` calls every operation in every role on own and foreign records and holds the services to this page.',
    '',
    'A right reaches',
    '',
    ...Object.entries(REACHES).map(([reach, meaning]) => `- **${reach}**: ${meaning}`),
  ];
  for (const [tag, list] of Map.groupBy(operations, (operation) => operation.tag.name)) {
    lines.push(
      '',
      `## ${capital(tag)}`,
      '',
      '| operation | route | who | how far |',
      '| --- | --- | --- | --- |',
    );
    for (const operation of list) {
      const rights = sayAccess(operation.access);
      const { http } = operation;
      lines.push(
        `| ${[
          cell(operation.summary),
          http ? `\`${http.method} ${http.path}\`` : `\`${operation.subject}\``,
          rights.map(({ who }) => cell(who)).join('<br>'),
          rights.map(({ reach }) => cell(reach)).join('<br>'),
        ].join(' | ')} |`,
      );
    }
  }
  lines.push('', '# By role');
  for (const role of ROLES) {
    lines.push('', `## ${role}`, '');
    const byReach = new Map();
    for (const operation of operations) {
      const reach = reachOf(operation.access, role).join(', ');
      if (!reach || operation.access.kind === 'signed-in') continue;
      byReach.set(reach, [...(byReach.get(reach) ?? []), operation]);
    }
    if (byReach.size === 0) lines.push('Only what everybody who is signed in may do.');
    for (const [reach, list] of byReach) {
      lines.push(`- **${reach}**`, ...list.map((operation) => `  - ${operation.summary}`));
    }
  }
  return `${lines.join('\n')}\n`;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
