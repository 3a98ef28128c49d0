import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import type { Schemas } from '../../api/types';
import { useCommand } from '../../api/use-command';

export type Settings = Schemas['NotificationSettings'];
export type SchoolContacts = Schemas['SchoolContacts'];
export type Contact = Schemas['ContactView'];
export type ChildChoices = Schemas['ChildChoices'];
export type KindChoice = Schemas['KindChoice'];
export type Channel = 'email' | 'sms';

const settingsKey = ['notifications', 'settings'] as const;

export const useSettings = () =>
  useQuery({
    queryKey: settingsKey,
    queryFn: () => bodyOf(api.GET('/api/v1/notifications/settings')),
  });

/** Every command leaves the settings to be read anew: a closed contact takes choices with it. */
function useSettingsCommand<Input, Output>(
  send: (input: Input, headers: { 'Idempotency-Key': string }) => Promise<Output>,
) {
  const queries = useQueryClient();
  return useCommand(send, { onSettled: () => queries.invalidateQueries({ queryKey: settingsKey }) });
}

export const useRequestCode = () =>
  useSettingsCommand((body: Schemas['RequestContactCode'], headers) =>
    bodyOf(api.POST('/api/v1/notifications/contacts', { body, headers })),
  );

export const useConfirmContact = () =>
  useSettingsCommand((body: Schemas['ConfirmContact'], headers) =>
    bodyOf(api.POST('/api/v1/notifications/contacts/confirm', { body, headers })),
  );

export const useCloseContact = () =>
  useSettingsCommand(({ schoolId, channel }: { schoolId: string; channel: Channel }, headers) =>
    bodyOf(
      api.DELETE('/api/v1/notifications/contacts/{schoolId}/{channel}', {
        params: { path: { schoolId, channel } },
        headers,
      }),
    ),
  );

export const useSetHours = () =>
  useSettingsCommand(({ schoolId, ...body }: Schemas['SetHours'], headers) =>
    bodyOf(
      api.PUT('/api/v1/notifications/settings/schools/{schoolId}/hours', {
        params: { path: { schoolId } },
        body,
        headers,
      }),
    ),
  );

/** Choices of one child are saved as they are made; the screen shows it at once and takes it back when it is refused. */
export function useSetChoices() {
  const queries = useQueryClient();
  return useCommand(
    (
      { child, choices }: { child: ChildChoices; choices: KindChoice[] },
      headers: { 'Idempotency-Key': string },
    ) =>
      bodyOf(
        api.PUT('/api/v1/notifications/settings/children/{studentId}', {
          params: { path: { studentId: child.studentId } },
          body: { version: child.version, choices },
          headers,
        }),
      ),
    {
      onMutate: ({ input: { child, choices } }) => {
        queries.setQueryData<Settings>(settingsKey, (now) =>
          replaceChild(now, {
            ...child,
            choices: child.choices.map((one) => choices.find(({ kind }) => kind === one.kind) ?? one),
          }),
        );
      },
      onSuccess: (saved) => {
        queries.setQueryData<Settings>(settingsKey, (now) => replaceChild(now, saved));
      },
      onError: () => void queries.invalidateQueries({ queryKey: settingsKey }),
    },
  );
}

const replaceChild = (settings: Settings | undefined, child: ChildChoices): Settings | undefined =>
  settings && {
    ...settings,
    children: settings.children.map((one) => (one.studentId === child.studentId ? child : one)),
  };
