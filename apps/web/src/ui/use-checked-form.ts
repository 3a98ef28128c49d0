import { useId, useState, type FormEvent, type KeyboardEvent } from 'react';
import { ApiError } from '../api/error';
import { useFieldErrorText } from '../i18n/use-error-text';

type Errors<Name extends string> = Partial<Record<Name, string>>;

/**
 * Errors of a small form: beside the fields, summarised on top, the first one focused; those of the server join
 * those of the screen. Ctrl+Enter sends.
 */
export function useCheckedForm<Name extends string>(labels: Record<Name, string>) {
  const prefix = useId();
  const fieldError = useFieldErrorText();
  const [errors, setErrors] = useState<Errors<Name>>({});
  const names = Object.keys(labels) as Name[];
  const idOf = (name: Name) => `${prefix}${name}`;

  const show = (found: Errors<Name>): boolean => {
    setErrors(found);
    const first = names.find((name) => found[name]);
    if (first) document.getElementById(idOf(first))?.focus();
    return first !== undefined;
  };

  return {
    errors,
    idOf,
    /** @returns whether there was anything to show */
    show,
    clear: (name: Name) => setErrors((now) => (now[name] ? { ...now, [name]: undefined } : now)),
    reset: () => setErrors({}),
    summary: names.flatMap((name) =>
      errors[name] ? [{ id: idOf(name), label: labels[name], text: errors[name] }] : [],
    ),
    /** @returns whether the server's refusal was about fields of this form */
    showFrom: (error: unknown): boolean => {
      if (!(error instanceof ApiError)) return false;
      const found: Errors<Name> = {};
      for (const problem of error.fields) {
        const name = names.find((known) => known === problem.field);
        if (name) found[name] ??= fieldError(problem);
      }
      return show(found);
    },
    formProps: (submit: () => void) => ({
      noValidate: true,
      onSubmit: (event: FormEvent) => {
        event.preventDefault();
        submit();
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          submit();
        }
      },
    }),
  };
}
