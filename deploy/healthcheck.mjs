// Healthy when the process of this container says that it is ready.
const answer = await fetch(`http://127.0.0.1:${process.env.PARTA_HEALTH_PORT}/health/ready`).catch(
  () => null,
);
process.exit(answer?.status === 200 ? 0 : 1);
