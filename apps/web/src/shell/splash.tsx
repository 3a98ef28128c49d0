import { Center } from '@mantine/core';
import { Logo } from './logo';

/** For the moment before anything is known: who, and in what language. */
export function Splash() {
  return (
    <Center h="100dvh" aria-busy="true">
      <Logo size={48} />
    </Center>
  );
}
