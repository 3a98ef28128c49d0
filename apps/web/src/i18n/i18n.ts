import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { recall, remember } from '../session/storage';

export const LANGUAGES = ['ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Namespace =
  | 'common'
  | 'errors'
  | 'session'
  | 'account'
  | 'family'
  | 'home'
  | 'people'
  | 'classes'
  | 'exchange'
  | 'region'
  | 'slips';

const files = import.meta.glob<{ default: Record<string, unknown> }>('../locales/*/*.json');

/** Texts come as files of their own, one language at a time. */
const localeFiles: BackendModule = {
  type: 'backend',
  callbackApi: true,
  init: () => undefined,
  read(language, namespace, done) {
    const load = files[`../locales/${language}/${namespace}.json`];
    if (!load) return done(new Error(`no texts: ${language}/${namespace}`), false);
    load().then(
      (file) => done(null, file.default),
      (error: Error) => done(error, true),
    );
  },
};

function rememberedLanguage(): Language {
  const language = recall('language');
  return LANGUAGES.find((known) => known === language) ?? 'ru';
}

export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(localeFiles)
    .use(initReactI18next)
    .init({
      lng: rememberedLanguage(),
      supportedLngs: LANGUAGES,
      fallbackLng: false,
      load: 'currentOnly',
      ns: ['common', 'errors'],
      defaultNS: 'common',
      // React escapes by itself.
      interpolation: { escapeValue: false },
    });
}

export async function chooseLanguage(language: Language): Promise<void> {
  remember('language', language);
  await i18next.changeLanguage(language);
}

export const loadTexts = (namespaces: Namespace[]): Promise<void> => i18next.loadNamespaces(namespaces);
