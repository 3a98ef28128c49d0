import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError } from '../../../api/error';
import { upload } from '../../../api/upload';
import { choiceOf, queryOf, type PlanChoice, type PlanReport } from './columns';
import { planKey } from './queries';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A file that is looked at first, as often as its reading is corrected, and then replaces the plan. */
export function usePlanImport(groupId: string, onApplied: (report: PlanReport) => void) {
  const queries = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const content = useRef<Blob | null>(null);
  const [report, setReport] = useState<PlanReport | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [doing, setDoing] = useState<'looking' | 'applying' | null>(null);
  const running = useRef<AbortController | null>(null);

  const send = async (query: URLSearchParams): Promise<PlanReport | null> => {
    running.current?.abort();
    const now = new AbortController();
    running.current = now;
    setError(null);
    try {
      return await upload<PlanReport>({
        url: `/api/v1/study-groups/${groupId}/thematic-plan?${query}`,
        file: content.current!,
        contentType: XLSX,
        headers: {},
        signal: now.signal,
        onProgress: () => undefined,
      });
    } catch (failure) {
      if (failure instanceof DOMException && failure.name === 'AbortError') return null;
      setError(failure);
      return null;
    } finally {
      if (running.current === now) setDoing(null);
    }
  };

  const look = async (choice: PlanChoice) => {
    setDoing('looking');
    const query = queryOf(choice);
    query.set('dryRun', 'true');
    const seen = await send(query);
    if (seen) setReport(seen);
  };

  const apply = async () => {
    if (!report || doing) return;
    setDoing('applying');
    const query = queryOf(choiceOf(report));
    query.set('replacesVersion', String(report.version));
    const answer = await send(query);
    if (!answer) return;
    if (!answer.isApplied) return setReport(answer);
    clear();
    void queries.invalidateQueries({ queryKey: planKey(groupId) });
    onApplied(answer);
  };

  const clear = () => {
    running.current?.abort();
    setName(null);
    content.current = null;
    setReport(null);
    setError(null);
    setDoing(null);
  };

  const choose = async (file: File) => {
    clear();
    setName(file.name);
    // Read at once: a file that an office program changes meanwhile cannot be sent any more.
    content.current = new Blob([await file.arrayBuffer()]);
    await look({});
  };

  return {
    name,
    report,
    error,
    /** what makes the file unreadable, where the service says it */
    fault: error instanceof ApiError ? (error.details?.fault as string | undefined) : undefined,
    doing,
    choose,
    clear,
    apply,
    correct: (choice: PlanChoice) => void look(choice),
  };
}
