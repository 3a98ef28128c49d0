import { Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWorking } from '../../session/workspace';
import { useWorkspaceLabel } from '../../shell/workspace-label';
import classes from './family.module.css';

/** For a parent who also works at a school: the way to the other workspace. */
export function WorkspaceSwitch() {
  const { t } = useTranslation('family');
  const { workspace, workspaces, choose } = useWorking();
  const label = useWorkspaceLabel();
  const navigate = useNavigate();
  const others = workspaces.filter(({ id }) => id !== workspace.id);
  if (others.length === 0) return null;
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('workspaces')}</Title>
      <Paper style={{ overflow: 'hidden' }}>
        {others.map((place) => (
          <UnstyledButton
            key={place.id}
            className={classes.row}
            onClick={() => {
              choose(place.id);
              void navigate('/');
            }}
          >
            <span>
              {label(place).place}
              <Text size="sm" c="dimmed" component="span" display="block">
                {label(place).roles}
              </Text>
            </span>
            <IconChevronRight size={18} aria-hidden />
          </UnstyledButton>
        ))}
      </Paper>
    </Stack>
  );
}
