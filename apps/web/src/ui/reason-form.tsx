import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from './error-alert';
import { useCheckedForm } from './use-checked-form';

interface ReasonFormProps {
  /** what will happen */
  text: string;
  label: string;
  hint: string;
  submitLabel: string;
  isDangerous?: boolean;
  isPending: boolean;
  error: unknown;
  /** fails where it was refused */
  onSubmit(reason: string): Promise<void>;
  onClose(): void;
}

/** A decision that goes on record with its reason. */
export function ReasonForm(props: ReasonFormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const form = useCheckedForm({ reason: props.label });
  const submit = async () => {
    const given = reason.trim();
    if (props.isPending || form.show(given ? {} : { reason: t('required') })) return;
    try {
      await props.onSubmit(given);
    } catch (error) {
      form.showFrom(error);
    }
  };
  return (
    <form {...form.formProps(() => void submit())}>
      <Stack>
        <Text size="sm">{props.text}</Text>
        <ErrorAlert error={props.error} />
        <Textarea
          id={form.idOf('reason')}
          label={props.label}
          description={props.hint}
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            form.clear('reason');
          }}
          error={form.errors.reason}
          maxLength={500}
          autosize
          minRows={2}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" color={props.isDangerous ? 'red.9' : undefined} loading={props.isPending}>
            {props.submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
