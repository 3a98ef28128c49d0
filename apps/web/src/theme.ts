import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';
import { isOptionFound } from './ui/option-filter';

/** Ink blue. Shade 7 carries white text (6.5 : 1), shade 4 is text on the dark surfaces. */
const ink: MantineColorsTuple = [
  '#eff3fd',
  '#dde5f9',
  '#bccbf1',
  '#98b0ea',
  '#84a1ea',
  '#5a80dd',
  '#426bd0',
  '#3459bd',
  '#2a4a9f',
  '#1f3a82',
];

/** A cool graphite instead of Mantine's neutral one: 7 is a panel, 8 the canvas below it. */
const dark: MantineColorsTuple = [
  '#d3d8e0',
  '#bcc3cd',
  '#9aa3b0',
  '#6f7885',
  '#424a56',
  '#363d48',
  '#2a3039',
  '#1e232b',
  '#161a20',
  '#0f1217',
];

export const theme: MantineThemeOverride = createTheme({
  colors: { ink, dark },
  primaryColor: 'ink',
  primaryShade: 7,
  fontFamily: "'Golos Text Variable', 'Golos Text', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { styles: { label: { fontWeight: 500 } } },
    InputWrapper: { styles: { label: { fontWeight: 500 } } },
    SegmentedControl: { styles: { label: { fontWeight: 500 } } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.5 },
        // Mantine makes it a <header>, which would be a second banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    },
    Tooltip: {
      defaultProps: { openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: false } },
    },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm', highlightOnHover: true } },
    // «9А», Enter: what stands first is chosen.
    Select: {
      defaultProps: {
        comboboxProps: { shadow: 'md' },
        selectFirstOptionOnChange: true,
        filter: isOptionFound,
      },
    },
    MultiSelect: {
      defaultProps: {
        comboboxProps: { shadow: 'md' },
        selectFirstOptionOnChange: true,
        filter: isOptionFound,
      },
    },
    // In place rather than in a portal: what opens stays within the landmark it belongs to, and is not cut off there.
    Menu: {
      defaultProps: {
        shadow: 'md',
        position: 'bottom-end',
        withinPortal: false,
        floatingStrategy: 'fixed',
        withInitialFocusPlaceholder: false,
      },
    },
    Paper: { defaultProps: { withBorder: true, radius: 'md' } },
  },
});

/** Colours that depend on the scheme. Tones are pairs of a quiet background and a text that passes 4.5 : 1 on it. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1b1f27',
    '--mantine-color-dimmed': '#5a6270',
    '--mantine-color-placeholder': '#6b7380',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#3459bd',
    '--parta-canvas': '#f5f6f9',
    '--parta-focus': '#3459bd',
    '--parta-line': '#dfe3ea',
    '--parta-ruling': 'rgb(52 89 189 / 7%)',
    '--parta-good-bg': '#e3f4e8',
    '--parta-good-fg': '#17603a',
    '--parta-warn-bg': '#fdf0d5',
    '--parta-warn-fg': '#7a4a00',
    '--parta-bad-bg': '#fde7e4',
    '--parta-bad-fg': '#9b1c12',
    '--parta-info-bg': '#e3eafb',
    '--parta-info-fg': '#274796',
    '--parta-quiet-bg': '#eceff3',
    '--parta-quiet-fg': '#4b5361',
  },
  dark: {
    '--mantine-color-text': '#e3e6eb',
    '--mantine-color-dimmed': '#a3abb8',
    '--mantine-color-placeholder': '#8f98a5',
    '--mantine-color-error': '#ff9d92',
    '--mantine-color-anchor': '#9db5f2',
    '--parta-canvas': '#161a20',
    '--parta-focus': '#9db5f2',
    '--parta-line': '#363d48',
    '--parta-ruling': 'rgb(132 161 234 / 7%)',
    '--parta-good-bg': '#17382a',
    '--parta-good-fg': '#8fdcae',
    '--parta-warn-bg': '#423213',
    '--parta-warn-fg': '#f3cb7d',
    '--parta-bad-bg': '#4a211d',
    '--parta-bad-fg': '#ffb1a8',
    '--parta-info-bg': '#24355f',
    '--parta-info-fg': '#b9cbf8',
    '--parta-quiet-bg': '#2f3641',
    '--parta-quiet-fg': '#c3cad5',
  },
});
