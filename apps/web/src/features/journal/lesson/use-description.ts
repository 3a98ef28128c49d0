import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../../api/client';
import { hasCode } from '../../../api/error';
import { bodyOf } from '../../../api/transport';
import type { Schemas } from '../../../api/types';
import { useCommand } from '../../../api/use-command';
import { useWorking } from '../../../session/workspace';
import { journalKeys } from '../queries';
import { bodyFor, describedBy, isSame, problemsOf, type Description } from './description';

interface Draft {
  version: number;
  form: Description;
}

function readDraft(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
}

function writeDraft(key: string, draft: Draft | null): void {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // Without storage a draft lasts as long as the page; leaving it is stopped.
  }
}

/** Topic, homework and comment of a lesson in a form whose draft survives a reload. */
export function useDescription(card: Schemas['LessonCard']) {
  const queries = useQueryClient();
  const { accountId } = useWorking().me;
  const key = `parta.lesson-draft.${accountId}.${card.lessonId}`;
  const [restored] = useState(() => readDraft(key));
  const [base, setBase] = useState<Draft>(() => ({
    version: restored?.version ?? card.version,
    form: describedBy(card),
  }));
  const [form, setForm] = useState<Description>(() => restored?.form ?? describedBy(card));
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [isChecked, setChecked] = useState(false);
  const isDirty = !isSame(form, base.form);

  useEffect(
    () => writeDraft(key, isDirty ? { version: base.version, form } : null),
    [key, isDirty, base, form],
  );
  // Somebody else’s text comes in as long as nothing of one’s own would be lost.
  if (!isDirty && card.version > base.version) {
    const theirs = describedBy(card);
    setBase({ version: card.version, form: theirs });
    setForm(theirs);
  }

  const command = useCommand(
    (body: ReturnType<typeof bodyFor>, headers) =>
      bodyOf(
        api.PUT('/api/v1/journal/lessons/{lessonId}', {
          params: { path: { lessonId: card.lessonId } },
          body,
          headers,
        }),
      ),
    { onSettled: () => void queries.invalidateQueries({ queryKey: journalKeys.all }) },
  );
  const problems = problemsOf(form);
  const send = (version: number) =>
    command.start(bodyFor(version, form), (answer) => {
      setBase({ version: answer.version, form });
      setSavedAt(answer.savedAt);
      setChecked(false);
    });
  return {
    form,
    isDirty,
    savedAt,
    isRestored: restored !== null && isDirty,
    isPending: command.isPending,
    error: hasCode(command.error, 'journal.lesson-stale') ? null : command.error,
    isStale: hasCode(command.error, 'journal.lesson-stale'),
    /** shown once somebody has tried to save */
    problems: isChecked ? problems : { contradiction: false, incomplete: [] },
    change: (change: Partial<Description>) => setForm((now) => ({ ...now, ...change })),
    save: () => {
      setChecked(true);
      if (!problems.contradiction && problems.incomplete.length === 0) send(base.version);
    },
    takeTheirs: () => {
      const theirs = describedBy(card);
      setBase({ version: card.version, form: theirs });
      setForm(theirs);
      command.reset();
    },
    keepMine: () => send(card.version),
  };
}

export type DescriptionState = ReturnType<typeof useDescription>;
