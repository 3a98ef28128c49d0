/** A piece of SQL with its values; pieces nest. Values always travel as parameters, never in the text. */
export class SqlFragment {
  constructor(
    private readonly strings: readonly string[],
    private readonly values: readonly unknown[],
  ) {}

  /** Text with `$n` placeholders and the values in their order. */
  compile(): { text: string; values: unknown[] } {
    const values: unknown[] = [];
    const text = this.write(values);
    return { text, values };
  }

  private write(values: unknown[]): string {
    let text = this.strings[0] ?? '';
    this.values.forEach((value, i) => {
      if (value instanceof SqlFragment) text += value.write(values);
      else {
        values.push(value);
        text += `$${values.length}`;
      }
      text += this.strings[i + 1] ?? '';
    });
    return text;
  }
}

/** `sql` template tag: ``sql`select * from t where id = ${id} ${onlyActive ? sql`and active` : sql.empty}` ``. */
export const sql = Object.assign(
  (strings: TemplateStringsArray, ...values: unknown[]): SqlFragment => new SqlFragment(strings, values),
  {
    empty: new SqlFragment([''], []),
    /** Trusted text, such as a sort column from a closed list; never user input. */
    trusted: (text: string): SqlFragment => new SqlFragment([text], []),
    /**
     * `column` is one of some uuids. Of one, which is the usual case, it makes an equation, whose plan PostgreSQL keeps;
     * with a list it plans anew each time, which for a small query costs more than the query.
     */
    oneOf: (column: string, uuids: readonly string[]): SqlFragment =>
      uuids.length === 1
        ? new SqlFragment([`${column} = `, '::uuid'], uuids)
        : new SqlFragment([`${column} = any (`, '::uuid[])'], [uuids]),
    /** Joins pieces with ` and `; `true` when there are none. */
    and: (pieces: readonly SqlFragment[]): SqlFragment =>
      pieces.length === 0
        ? new SqlFragment(['true'], [])
        : new SqlFragment(['', ...pieces.slice(1).map(() => ' and '), ''], pieces),
  },
);

/** Escapes `%`, `_` and `\` so that what a person typed is searched as it is. */
export const likePattern = (typed: string): string => `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
