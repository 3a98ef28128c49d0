import { checkRosterPackage, type RosterCheckOptions, type RosterIssue } from '../roster-package.js';
import type { PackageBuilder } from './package-builder.js';

/** Checks a built package and answers its issues. */
export async function issuesOf(
  builder: PackageBuilder,
  options?: RosterCheckOptions,
): Promise<RosterIssue[]> {
  return (await checkRosterPackage(await builder.write(), options)).issues;
}

/** The issues as `code file row field`, the form in which specs compare them. */
export async function problemsOf(builder: PackageBuilder, options?: RosterCheckOptions): Promise<string[]> {
  const issues = await issuesOf(builder, options);
  return issues.map(({ code, file, row, field }) => `${code} ${file}:${row ?? '-'} ${field ?? '-'}`);
}
