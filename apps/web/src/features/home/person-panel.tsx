import { Avatar, Group, Paper, Text } from '@mantine/core';
import { useWorking } from '../../session/workspace';
import { useWorkspaceLabel } from '../../shell/workspace-label';
import { fullName, initials } from '../../ui/names';

/** Who is signed in, and as whom. */
export function PersonPanel() {
  const { me, workspace } = useWorking();
  const label = useWorkspaceLabel()(workspace);
  return (
    <Paper p="md">
      <Group gap="md" wrap="nowrap" align="flex-start">
        <Avatar size={48} color="ink" variant="filled" aria-hidden>
          {initials(me.person)}
        </Avatar>
        <div style={{ minWidth: 0 }}>
          <Text fw={600}>{fullName(me.person)}</Text>
          <Text size="sm">{label.roles}</Text>
          <Text size="sm" c="dimmed">
            {label.place}
          </Text>
        </div>
      </Group>
    </Paper>
  );
}
