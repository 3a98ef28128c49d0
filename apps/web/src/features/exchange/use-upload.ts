import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { randomId } from '../../api/random-id';
import type { Schemas } from '../../api/types';
import { upload } from '../../api/upload';
import { rosterKeys } from './queries';

export interface ChosenPackage {
  file: File;
  /** One key per choice of a file: sending the same again after a broken line answers with the same job. */
  key: string;
}

export function useUpload(onAccepted: (job: Schemas['RosterJobRef']) => void) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ChosenPackage | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isStopped, setStopped] = useState(false);
  const stop = useRef<AbortController | null>(null);

  const choose = (file: File | null) => {
    setChosen(file && { file, key: randomId() });
    setError(null);
    setStopped(false);
  };

  const send = async (dryRun: boolean) => {
    if (!chosen || share !== null) return;
    stop.current = new AbortController();
    setError(null);
    setStopped(false);
    setShare(0);
    try {
      const job = await upload<Schemas['RosterJobRef']>({
        url: `/api/exchange/v1/rosters${dryRun ? '?dryRun=true' : ''}`,
        file: chosen.file,
        contentType: 'application/zip',
        // Checking and applying the same file are two wishes.
        headers: { 'Idempotency-Key': `${chosen.key}${dryRun ? '-check' : ''}` },
        signal: stop.current.signal,
        onProgress: setShare,
      });
      setChosen(null);
      void queries.invalidateQueries({ queryKey: rosterKeys.all });
      onAccepted(job);
    } catch (failure) {
      if (failure instanceof DOMException && failure.name === 'AbortError') setStopped(true);
      else setError(failure);
    } finally {
      setShare(null);
    }
  };

  return { chosen, choose, send, share, error, isStopped, stop: () => stop.current?.abort() };
}
