import { shownFrom } from './shown-cell';
import { cellKey, type CellRef, type CellView, type ShownCell } from './types';

/** The cells as the server has them, and the names (refs) their marks go by here. */
export class CellBook {
  private readonly cells = new Map<string, CellView>();
  private readonly ids = new Map<string, string>();
  private readonly refs = new Map<string, string>();

  get(at: CellRef): CellView | undefined {
    return this.cells.get(cellKey(at));
  }

  /**
   * @param always also an older version than the known one is to be believed
   * @returns whether anything is new
   */
  take(cell: CellView, always = false): boolean {
    const known = this.get(cell);
    if (known && !always && known.version >= cell.version) return false;
    this.cells.set(cellKey(cell), cell);
    return true;
  }

  name(ref: string, markId: string): void {
    this.ids.set(ref, markId);
    this.refs.set(markId, ref);
  }

  idOf(ref: string): string {
    return this.ids.get(ref) ?? ref;
  }

  shown(at: CellRef): ShownCell {
    return shownFrom(this.get(at), (markId) => this.refs.get(markId) ?? markId);
  }

  names(): [string, string][] {
    return [...this.ids];
  }
}
