import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** What goes to paper instead of the page (see styles/print.css). */
export function PrintSheet({ children }: { children: ReactNode }) {
  return createPortal(children, document.getElementById('print-root')!);
}
