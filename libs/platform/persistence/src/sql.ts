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

/**
 * A function of that schema which folds a text as the web does (`foldedText` of the domain's names): a column kept by it is
 * searched for the folded words.
 */
export const foldingFunction = (schema: string): string => `
  create function ${schema}.folded(value text) returns text language sql immutable as $fold$
    select trim(regexp_replace(
      regexp_replace(
        replace(lower(normalize(regexp_replace(value, U&'[''\`\\00B4\\02B9\\02BB\\02BC\\02BD\\02C8\\2018\\2019\\201B\\2032\\FF07]', '', 'g'), NFKC) collate "und-x-icu"), 'ё', 'е'),
        U&'[''\`\\0300-\\036F\\00AD\\061C\\180B-\\180F\\200B-\\200F\\202A-\\202E\\2060-\\206F\\FE00-\\FE0F\\FEFF]', '', 'g'),
      U&'[-[:space:]\\0085\\00A0\\2000-\\200A\\2010-\\2015\\2212\\202F\\2028\\2029\\3000]+', ' ', 'g'))
  $fold$`;

/** Whether each of the words stands in the folded text. */
export const everyWord = (text: SqlFragment, words: readonly string[]): SqlFragment =>
  sql.and(words.map((word) => sql`${text} like ${likePattern(word)}`));

/** Escapes `%`, `_` and `\` so that what a person typed is searched as it is. */
export const likePattern = (typed: string): string => `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
