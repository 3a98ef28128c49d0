import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES } from '../i18n/i18n';

const SCHEMES: { value: MantineColorScheme; Icon: typeof IconSun }[] = [
  { value: 'light', Icon: IconSun },
  { value: 'dark', Icon: IconMoon },
  { value: 'auto', Icon: IconDeviceDesktop },
];

export function ThemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return SCHEMES.map(({ value, Icon }) => (
    <Menu.Item
      key={value}
      role="menuitemradio"
      aria-checked={colorScheme === value}
      leftSection={<Icon size={16} aria-hidden />}
      rightSection={colorScheme === value && <IconCheck size={16} aria-hidden />}
      onClick={() => setColorScheme(value)}
    >
      {t(`theme.${value as 'light' | 'dark' | 'auto'}`)}
    </Menu.Item>
  ));
}

export function LanguageItems() {
  const { t, i18n } = useTranslation();
  return LANGUAGES.map((language) => (
    <Menu.Item
      key={language}
      lang={language}
      role="menuitemradio"
      aria-checked={i18n.language === language}
      rightSection={i18n.language === language && <IconCheck size={16} aria-hidden />}
      onClick={() => void chooseLanguage(language)}
    >
      {t(`language.${language}`)}
    </Menu.Item>
  ));
}

/** Language and theme as two buttons. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="var(--mantine-color-dimmed)"
            size="lg"
            aria-label={`${t('language.label')}: ${i18n.language.toUpperCase()}`}
            fz="xs"
            fw={600}
          >
            {i18n.language.toUpperCase()}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <LanguageItems />
        </Menu.Dropdown>
      </Menu>
      <Menu>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="var(--mantine-color-dimmed)"
            size="lg"
            aria-label={t('theme.label')}
          >
            <IconSun size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ThemeItems />
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
