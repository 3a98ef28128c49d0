import '@mantine/dropzone/styles.css';
import { Button, Group, Paper, Progress, Stack, Switch, Text, Title } from '@mantine/core';
import { Dropzone, type FileRejection } from '@mantine/dropzone';
import { IconFileZip, IconUpload } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormats } from '../../i18n/use-formats';
import { ErrorAlert } from '../../ui/error-alert';
import { TonePanel } from '../../ui/tone-panel';
import { notify } from '../../ui/notify';
import { useUpload } from './use-upload';

const MAX_BYTES = 256 * 1024 * 1024;
// Windows names the type of an archive in its own way, and a browser may not know it at all.
const ZIP = { 'application/zip': ['.zip'], 'application/x-zip-compressed': ['.zip'] };

export function UploadPanel() {
  const { t } = useTranslation('exchange');
  const formats = useFormats();
  const navigate = useNavigate();
  const titleId = useId();
  const [dryRun, setDryRun] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const sending = useUpload((job) => {
    void notify(t('upload.accepted'));
    void navigate(`/exchange/${job.id}`);
  });
  const { chosen, share } = sending;
  const percent = Math.floor((share ?? 0) * 100);

  const refuse = (rejections: FileRejection[]) => {
    const code = rejections[0]?.errors[0]?.code;
    if (rejections.length > 1 || code === 'too-many-files') setRefusal(t('upload.oneOnly'));
    else setRefusal(code === 'file-too-large' ? t('upload.tooLarge') : t('upload.notZip'));
  };

  return (
    <Paper p="md" component="section" aria-labelledby={titleId}>
      <Stack gap="sm">
        <Title order={2} id={titleId}>
          {t('upload.title')}
        </Title>
        {refusal && (
          <div role="alert">
            <TonePanel tone="bad">{refusal}</TonePanel>
          </div>
        )}
        <ErrorAlert error={sending.error} />
        {sending.isStopped && (
          <div role="status">
            <TonePanel tone="warn">{t('upload.stopped')}</TonePanel>
          </div>
        )}
        {!chosen ? (
          <Dropzone
            accept={ZIP}
            maxSize={MAX_BYTES}
            multiple={false}
            onDrop={([file]) => {
              setRefusal(null);
              sending.choose(file ?? null);
            }}
            onReject={refuse}
            inputProps={{ 'aria-label': t('upload.drop') }}
            p="md"
          >
            <Group justify="center" gap="md" mih={56} style={{ pointerEvents: 'none' }}>
              <IconUpload size={28} stroke={1.5} aria-hidden />
              <div>
                <Text size="sm">{t('upload.drop')}</Text>
                <Text size="xs" c="dimmed">
                  {t('upload.hint')}
                </Text>
              </div>
            </Group>
          </Dropzone>
        ) : (
          <Group gap="sm" wrap="nowrap">
            <IconFileZip size={28} stroke={1.5} aria-hidden style={{ flexShrink: 0 }} />
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t('upload.chosen', { name: chosen.file.name, size: formats.bytes(chosen.file.size) })}
            </Text>
          </Group>
        )}
        {share !== null && (
          <div role="status">
            <Progress value={percent} aria-label={t('upload.sending', { percent })} />
            <Text size="xs" c="dimmed" mt={4} className="parta-tabular">
              {t('upload.sending', { percent })}
            </Text>
          </div>
        )}
        <Group justify="space-between" gap="sm">
          <Switch
            label={t('upload.dryRun')}
            description={t('upload.dryRunHint')}
            checked={dryRun}
            onChange={(event) => setDryRun(event.currentTarget.checked)}
            disabled={share !== null}
          />
          {chosen && (
            <Group gap="xs">
              {share === null ? (
                <>
                  <Button variant="default" onClick={() => sending.choose(null)}>
                    {t('upload.another')}
                  </Button>
                  <Button onClick={() => void sending.send(dryRun)}>
                    {dryRun ? t('upload.sendDryRun') : t('upload.send')}
                  </Button>
                </>
              ) : (
                <Button variant="default" onClick={sending.stop}>
                  {t('upload.stop')}
                </Button>
              )}
            </Group>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
