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
  | 'diary'
  | 'home'
  | 'people'
  | 'classes'
  | 'exchange'
  | 'region'
  | 'slips'
  | 'journal'
  | 'oversight'
  | 'operations'
  | 'reports'
  | 'deliveries';

type Pack = Record<string, object>;

/** One file for the family and everybody who is not signed in yet, another for staff: a request each, not a dozen. */
const PACKS: Record<Language, Record<'family' | 'staff', () => Promise<{ default: Pack }>>> = {
  ru: { family: () => import('./packs/ru-family'), staff: () => import('./packs/ru-staff') },
  en: { family: () => import('./packs/en-family'), staff: () => import('./packs/en-staff') },
};
const FAMILY_TEXTS: readonly string[] = ['common', 'errors', 'account', 'session', 'family', 'diary'];

const localeFiles: BackendModule = {
  type: 'backend',
  callbackApi: true,
  init: () => undefined,
  read(language, namespace, done) {
    const audience = FAMILY_TEXTS.includes(namespace) ? 'family' : 'staff';
    PACKS[language as Language][audience]().then(
      ({ default: pack }) => done(null, pack[namespace] as never),
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
