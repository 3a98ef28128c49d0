import '@fontsource-variable/golos-text/index.css';
import '@mantine/core/styles.css';
import './styles/global.css';
import './styles/print.css';
import { createRoot } from 'react-dom/client';
import { startTexts } from './i18n/i18n';
import { restoreSession } from './session/session';
import { App } from './shell/app';

// Both go over the network; neither waits for the other.
void restoreSession();
await startTexts();
createRoot(document.getElementById('root')!).render(<App />);
