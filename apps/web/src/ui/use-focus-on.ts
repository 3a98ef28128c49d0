import { useEffect } from 'react';

/**
 * Puts the cursor into a field when the form opens, and again when the form turns to another field.
 * @param step where the same field is meant anew: another step of the form
 */
export function useFocusOn(id: string, step?: unknown): void {
  useEffect(() => {
    document.getElementById(id)?.focus();
  }, [id, step]);
}
