// Prints one machine-readable closing line, whatever the other reporters print.
export default class TotalsReporter {
  onTestRunEnd(modules) {
    const totals = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state in totals) totals[state] += 1;
      }
      if (module.state() === 'failed' && module.errors().length > 0) totals.failed += 1;
    }
    console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  }
}
