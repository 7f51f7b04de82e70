import { afterAll, beforeAll, inject } from 'vitest';
import { type Deployment, deploy } from '../support/deployments/deployment.js';
import { explainFailures } from '../support/deployments/explain-failures.js';
import { keys } from './keys.js';
import { mainJob } from './main-job.js';
import { race } from './race.js';

let product: Deployment;

// One deployment for all of them: starting five processes takes longer than most of what they are asked.
beforeAll(async () => {
  const environment = { SIMULATOR_TRIAL_FAULTS: 'true', WORKER_SLOTS: '2' };
  product = await deploy(inject('deploymentMode'), environment);
});
afterAll(() => product?.dispose());
explainFailures(() => product);

mainJob(() => product);
keys(() => product);
race(() => product);
