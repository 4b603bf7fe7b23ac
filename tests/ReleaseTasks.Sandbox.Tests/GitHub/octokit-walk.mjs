// One roll-out's way through GitHub, by GitHub's own client for Node.js. Prints what it saw as one JSON object.
import { Octokit } from '@octokit/rest';

const { GITHUB_API_URL: baseUrl, ZUPO, DZ0NY } = process.env;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const [zupo, dz0ny] = [ZUPO, DZ0NY].map(auth => new Octokit({ baseUrl, auth, log: silent }));
const sushi = { owner: 'zupo', repo: 'sushi' };
const pull = { ...sushi, pull_number: 1 };
const refusal = promise => promise.then(() => 'accepted', error => `${error.status} ${error.response.data.message}`);
const seen = {};

const before = (await zupo.rest.pulls.get(pull)).data;
await zupo.rest.pulls.requestReviewers({ ...pull, reviewers: ['dz0ny', 'karantan'] });
seen.ownReview = await refusal(zupo.rest.pulls.createReview({ ...pull, event: 'APPROVE' }));
for (let i = 0; i < 31; i++) {
  await dz0ny.rest.pulls.createReview({ ...pull, event: 'COMMENT', body: `${i}` });
}

await dz0ny.rest.pulls.createReview({ ...pull, event: 'APPROVE' });
seen.reviews = (await zupo.paginate(zupo.rest.pulls.listReviews, pull)).length;

const lock = { ...sushi, ref: 'refs/release-locks/sushi', sha: before.head.sha };
await zupo.rest.git.createRef(lock);
seen.secondLock = await refusal(zupo.rest.git.createRef(lock));
seen.lock = (await zupo.rest.git.getRef({ ...sushi, ref: 'release-locks/sushi' })).data.object.sha === before.head.sha;

await zupo.rest.repos.createCommitStatus({ ...sushi, sha: before.head.sha, state: 'success', context: 'build' });
seen.status = (await zupo.rest.repos.getCombinedStatusForRef({ ...sushi, ref: 'heads/topic' })).data.state;
seen.checks = (await zupo.rest.checks.listForRef({ ...sushi, ref: before.head.sha })).data.total_count;
seen.movedHead = await refusal(zupo.rest.pulls.merge({ ...pull, sha: before.base.sha }));
const merged = (await zupo.rest.pulls.merge({ ...pull, sha: before.head.sha })).data;
seen.mergedTwice = await refusal(zupo.rest.pulls.merge({ ...pull, sha: before.head.sha }));

const deployment = (await zupo.rest.repos.createDeployment({
  ...sushi, ref: merged.sha, auto_merge: false, required_contexts: [], payload: { pull: '1' },
})).data;
await zupo.rest.repos.createDeploymentStatus({ ...sushi, deployment_id: deployment.id, state: 'success' });
const comment = (await zupo.rest.issues.createComment({ ...sushi, issue_number: 1, body: 'going' })).data;
await zupo.rest.issues.updateComment({ ...sushi, comment_id: comment.id, body: 'gone' });
await zupo.rest.git.deleteRef({ ...sushi, ref: 'release-locks/sushi' });
seen.noLock = await refusal(zupo.rest.git.deleteRef({ ...sushi, ref: 'release-locks/sushi' }));
seen.archive = (await zupo.rest.repos.downloadTarballArchive({ ...sushi, ref: merged.sha })).data.byteLength > 0;
seen.merge = merged.sha;
console.log(JSON.stringify(seen));
