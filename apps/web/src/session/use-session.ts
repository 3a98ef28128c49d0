import { useSyncExternalStore } from 'react';
import { onSessionChange, sessionState } from './session';

export const useSession = () => useSyncExternalStore(onSessionChange, sessionState);
