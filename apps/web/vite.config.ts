import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const api = process.env.PARTA_API ?? 'http://127.0.0.1:8080';
const RUNTIME =
  /node_modules[\\/](react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack|openapi-fetch)[\\/]/;
/**
 * What a family's first page is made of. A list of what belongs in, not of what does not: a component that a staff page
 * begins to use must not end up on every phone.
 */
const UI =
  /node_modules[\\/]@mantine[\\/](hooks|store|core[\\/]esm[\\/](core|utils|components[\\/](ActionIcon|Alert|Anchor|AppShell|Avatar|Badge|Box|Burger|Button|Center|CloseButton|Container|Flex|FloatingIndicator|Group|Loader|Overlay|Paper|Portal|SegmentedControl|SimpleGrid|Skeleton|Stack|Text|Title|Transition|UnstyledButton|VisuallyHidden)))[\\/]/;
/** Menus, dialogs and everything else that floats: a family's phone starts without it. */
const FLOATING = /@floating-ui|components[\\/](Menu|Modal|ModalBase|Popover|Tooltip|ScrollArea)[\\/]/;
const FORMS = /components[\\/](Input|InputBase|TextInput|PasswordInput)[\\/]/;
/** Lists and what stands around them. */
const LISTS =
  /components[\\/](Select|Combobox|Checkbox|Radio|Switch|Textarea|Pagination|Code|Divider|Pill|PillsInput|InlineInput|Table|Progress|CopyButton)[\\/]|ui[\\/](data-table|list-view|paging|search-field|use-url-filters)/;
/** What every page shares; those parts of it that open menus or dialogs stay with them. */
const APP = /src[\\/](api|session|i18n[\\/][^\\/]+$|ui|shell|features[\\/]family)|@tabler/;
const NOT_APP =
  /shell[\\/](account-menu|preferences|outside-frame|idle-dialog)|ui[\\/](copy-field|confirm-modal|form-errors|use-checked-form|date-field)/;
const isApp = (id: string) => APP.test(id) && !LISTS.test(id) && !NOT_APP.test(id);

export default defineConfig({
  plugins: [react()],
  // What is shared with the services comes from its source.
  resolve: { conditions: ['parta-source', ...defaultClientConditions] },
  server: { port: 5173, proxy: { '/api': api, '/oauth': api } },
  preview: { port: 4173, proxy: { '/api': api, '/oauth': api } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    // Inlined assets would be data: URLs, which a content security policy does not allow for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // A few files of a sensible size instead of a hundred small ones: a slow line pays for each request.
            { name: 'runtime', test: RUNTIME },
            { name: 'ui', test: UI },
            { name: 'app', test: isApp, minShareCount: 2 },
            { name: 'floating', test: FLOATING },
            { name: 'forms', test: FORMS },
            { name: 'lists', test: LISTS, minShareCount: 2 },
          ],
        },
      },
    },
  },
});
