export interface NamedSpan {
  from: string;
  to: string;
  periodTitle: string | null;
}

/** «05.11.2026» of a calendar date. */
export const dateText = (date: string): string => date.split('-').reverse().join('.');

/** «II четверть», or «05.11.2026–28.12.2026» when it is no period. */
export const spanText = ({ from, to, periodTitle }: NamedSpan): string =>
  periodTitle ?? `${dateText(from)}–${dateText(to)}`;

/** «II четверть (05.11.2026–28.12.2026)» */
export const spanInFull = (span: NamedSpan): string =>
  span.periodTitle ? `${span.periodTitle} (${spanText({ ...span, periodTitle: null })})` : spanText(span);
