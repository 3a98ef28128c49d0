import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { CopyField } from '../../ui/copy-field';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { TonePanel } from '../../ui/tone-panel';
import { useCheckedForm } from '../../ui/use-checked-form';
import { SCOPES, useRegisterSystem, type Scope } from './queries';
import { scopeKey } from './scope-key';

export function RegisterSystemDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation(['region', 'common']);
  const [made, setMade] = useState<Schemas['ClientCredentials'] | null>(null);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      // A secret that is seen once must not vanish by a click beside the dialog.
      closeOnClickOutside={made === null}
      title={made ? t('systems.secretTitle') : t('systems.register')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      onExitTransitionEnd={() => setMade(null)}
    >
      {made ? (
        <Stack>
          <TonePanel tone="warn" icon={<IconEyeOff size={20} aria-hidden />}>
            {t('systems.secretOnce')}
          </TonePanel>
          <CopyField label={t('systems.id')} value={made.clientId} />
          <CopyField label={t('systems.secret')} value={made.clientSecret} />
          <CopyField label={t('systems.tokenAddress')} value={`${window.location.origin}/oauth/token`} />
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              {t('common:done')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <RegisterForm onMade={setMade} onClose={onClose} />
      )}
    </Modal>
  );
}

interface RegisterFormProps {
  onMade(credentials: Schemas['ClientCredentials']): void;
  onClose(): void;
}

function RegisterForm({ onMade, onClose }: RegisterFormProps) {
  const { t } = useTranslation(['region', 'common']);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>(['roster.write', 'roster.read']);
  const register = useRegisterSystem();
  const form = useCheckedForm({ name: t('systems.name'), scopes: t('systems.scopes') });

  const submit = async () => {
    const found = form.show({
      name: name.trim() ? undefined : t('common:required'),
      scopes: scopes.length > 0 ? undefined : t('systems.chooseScopes'),
    });
    if (register.isPending || found) return;
    try {
      onMade(await register.run({ name: name.trim(), scopes }));
    } catch (error) {
      form.showFrom(error);
    }
  };
  return (
    <form {...form.formProps(() => void submit())}>
      <Stack>
        <FormErrors errors={form.summary} />
        <ErrorAlert error={register.error} />
        <TextInput
          id={form.idOf('name')}
          label={t('systems.name')}
          description={t('systems.nameHint')}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            form.clear('name');
          }}
          error={form.errors.name}
          maxLength={200}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Checkbox.Group
          label={t('systems.scopes')}
          value={scopes}
          onChange={(value) => {
            setScopes(value as Scope[]);
            form.clear('scopes');
          }}
          error={form.errors.scopes}
        >
          <Stack gap="xs" my="xs">
            {SCOPES.map((scope, at) => (
              <Checkbox
                key={scope}
                id={at === 0 ? form.idOf('scopes') : undefined}
                value={scope}
                label={t(`systems.scope.${scopeKey(scope)}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={register.isPending}>
            {t('systems.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
