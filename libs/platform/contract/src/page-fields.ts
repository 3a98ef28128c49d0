import { Whole, type FieldOptions } from './fields.js';

/*
 * Fields of long lists that are asked for page by page. The bounds are the same everywhere, because the database walks
 * over what a late page leaves out.
 */

/** Which page is asked for, from 1; the first if left out. */
export const PageNumber = (options: FieldOptions = {}): PropertyDecorator =>
  Whole({ ...options, min: 1, max: 10_000, optional: true });

/** How many records a page is to hold. */
export const PageSize = ({ max, unlessSaid }: { max: number; unlessSaid: number }): PropertyDecorator =>
  Whole({ min: 1, max, optional: true, description: `${unlessSaid} unless said` });

/** How many records there are on all pages. */
export const Total = (): PropertyDecorator => Whole({ min: 0, max: 10_000_000 });
