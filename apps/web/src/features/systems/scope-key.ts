import type { Scope } from './queries';

type ScopeKey = 'roster-write' | 'roster-read' | 'roster-decide' | 'timetable-write';

/** The key of a scope's text: a dot would mean a deeper level there. */
export const scopeKey = (scope: Scope) => scope.replace('.', '-') as ScopeKey;
