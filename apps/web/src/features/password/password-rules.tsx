import { Group, Text, VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export const MIN_PASSWORD = 10;

/** Counted as the server counts: characters, not UTF-16 halves of them. */
export const isLongEnough = (password: string): boolean => [...password].length >= MIN_PASSWORD;

export const isLikeLogin = (password: string, login: string): boolean =>
  login.trim() !== '' && password.toLowerCase() === login.trim().toLowerCase();

/** The rules, ticked off while one types. */
export function PasswordRules({ id, password, login }: { id: string; password: string; login: string }) {
  const { t } = useTranslation('session');
  const rules = [
    { text: t('password.rules.length'), isMet: isLongEnough(password) },
    { text: t('password.rules.notLogin'), isMet: password !== '' && !isLikeLogin(password, login) },
    { text: t('password.rules.notCommon'), isMet: null },
  ];
  return (
    <ul id={id} aria-label={t('password.rules.label')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {rules.map(({ text, isMet }) => (
        <Group
          component="li"
          key={text}
          gap={8}
          wrap="nowrap"
          c={isMet ? 'var(--parta-good-fg)' : 'dimmed'}
          align="flex-start"
        >
          {isMet ? (
            <IconCircleCheck size={16} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
          ) : (
            <IconCircle size={16} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
          )}
          <Text size="sm">
            {text}
            {isMet !== null && (
              <VisuallyHidden>
                : {isMet ? t('password.rules.met') : t('password.rules.notMet')}
              </VisuallyHidden>
            )}
          </Text>
        </Group>
      ))}
    </ul>
  );
}
