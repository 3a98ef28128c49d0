/** A number that is not negative, exactly. */
export interface Fraction {
  readonly numerator: bigint;
  /** above 0 */
  readonly denominator: bigint;
}

/** Null when nothing is divided by. */
export const fraction = (numerator: number | bigint, denominator: number | bigint): Fraction | null =>
  BigInt(denominator) === 0n ? null : { numerator: BigInt(numerator), denominator: BigInt(denominator) };

/**
 * Rounds once, half up.
 * @param places decimal places, from 0
 */
export function rounded({ numerator, denominator }: Fraction, places: number): number {
  const scale = 10n ** BigInt(places);
  return Number((2n * scale * numerator + denominator) / (2n * denominator)) / Number(scale);
}

/** The exact mean of those that there are; null of none. */
export function meanOf(values: readonly (Fraction | null)[]): Fraction | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const sum = known.reduce((a, b) => ({
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  }));
  return { ...sum, denominator: sum.denominator * BigInt(known.length) };
}
