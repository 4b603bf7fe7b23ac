// All the parts of GitHub that releases use, by GitHub's own client for Node.js. Prints what it saw as one JSON object.
import { Octokit } from '@octokit/rest';

const { GITHUB_API_URL: baseUrl, ZUPO, DZ0NY, CHECKER, BASE } = process.env;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const [{ rest: zupo, paginate }, { rest: dz0ny }, { rest: checker }] = [ZUPO, DZ0NY, CHECKER].map(auth => new Octokit({ baseUrl, auth, log: silent }));
const sushi = { owner: 'zupo', repo: 'sushi' };
const refusal = promise => promise.then(answer => `${answer.status}`, error => `${error.status} ${error.response.data.message}`);
const seen = {};

// A commit out of its parts: blob, tree, commit, branch, tag.
const blob = (await zupo.git.createBlob({ ...sushi, content: 'rice\n' })).data;
const tree = (await zupo.git.createTree({ ...sushi, base_tree: BASE, tree: [{ path: 'rolls/maki.txt', mode: '100644', type: 'blob', sha: blob.sha }] })).data;
const commit = (await zupo.git.createCommit({ ...sushi, message: 'Add rice', tree: tree.sha, parents: [BASE] })).data;
await zupo.git.createRef({ ...sushi, ref: 'refs/heads/rice', sha: commit.sha });
const tag = (await zupo.git.createTag({ ...sushi, tag: 'v1', message: 'First', object: commit.sha, type: 'commit' })).data;
seen.tag = (await zupo.git.createRef({ ...sushi, ref: 'refs/tags/v1', sha: tag.sha })).data.object.type;
seen.tree = (await zupo.git.getTree({ ...sushi, tree_sha: commit.sha, recursive: '1' })).data.tree.some(e => e.path === 'rolls/maki.txt');
seen.file = Buffer.from((await zupo.repos.getContent({ ...sushi, path: 'rolls/maki.txt', ref: 'rice' })).data.content, 'base64').toString();
seen.ahead = (await zupo.repos.compareCommitsWithBasehead({ ...sushi, basehead: `${BASE}...rice` })).data.ahead_by;

// A pull request from its opening to its merge.
const opened = (await zupo.pulls.create({ ...sushi, title: 'Add rice', head: 'rice', base: 'master', body: '- [ ] Merge' })).data;
const pull = { ...sushi, pull_number: opened.number };
const issue = { ...sushi, issue_number: opened.number };
seen.twice = await refusal(zupo.pulls.create({ ...sushi, title: 'Again', head: 'rice', base: 'master' }));
await zupo.pulls.update({ ...pull, title: 'Add some rice' });
seen.listed = (await zupo.pulls.list({ ...sushi, head: 'zupo:rice' })).data.map(p => p.title);
seen.files = (await paginate(zupo.pulls.listFiles, pull)).map(f => `${f.status} ${f.filename}`);
seen.commits = (await paginate(zupo.pulls.listCommits, pull)).map(c => c.sha === commit.sha);
await zupo.pulls.requestReviewers({ ...pull, reviewers: ['dz0ny', 'karantan'] });
await zupo.pulls.removeRequestedReviewers({ ...pull, reviewers: ['karantan'] });
seen.requested = (await zupo.pulls.listRequestedReviewers(pull)).data.users.map(u => u.login);
seen.author = await refusal(zupo.pulls.requestReviewers({ ...pull, reviewers: ['zupo'] }));
const objection = (await dz0ny.pulls.createReview({ ...pull, event: 'REQUEST_CHANGES', body: 'More rice' })).data;
await zupo.pulls.dismissReview({ ...pull, review_id: objection.id, message: 'Enough' });
const draft = (await dz0ny.pulls.createReview(pull)).data;
await dz0ny.pulls.submitReview({ ...pull, review_id: draft.id, event: 'APPROVE' });
seen.reviews = (await paginate(zupo.pulls.listReviews, pull)).map(r => r.state);

const check = { ...sushi, name: 'release', head_sha: commit.sha, status: 'in_progress' };
seen.checkByPerson = await refusal(zupo.checks.create(check));
const run = (await checker.checks.create(check)).data;
await checker.checks.update({ ...sushi, check_run_id: run.id, status: 'completed', conclusion: 'success', output: { title: 'Done', summary: 'All of it' } });
seen.checks = (await zupo.checks.listForRef({ ...sushi, ref: 'rice' })).data.check_runs.map(c => c.conclusion);
await zupo.repos.createCommitStatus({ ...sushi, sha: commit.sha, state: 'failure', context: 'build' });
seen.red = (await zupo.repos.getCombinedStatusForRef({ ...sushi, ref: commit.sha })).data.state;

// A conflict, a moved head, and the merge.
seen.movedHead = await refusal(zupo.pulls.merge({ ...pull, sha: BASE }));
seen.conflict = await refusal(zupo.pulls.merge({ ...sushi, pull_number: 1 }));
seen.notYet = await refusal(zupo.pulls.checkIfMerged(pull));
const merged = (await zupo.pulls.merge({ ...pull, sha: commit.sha, merge_method: 'squash', commit_title: 'Rice' })).data;
seen.merged = await refusal(zupo.pulls.checkIfMerged(pull));
seen.squashed = (await zupo.repos.getCommit({ ...sushi, ref: merged.sha })).data.commit.message;

// What follows a merge.
const deployment = (await zupo.repos.createDeployment({ ...sushi, ref: merged.sha, auto_merge: false, required_contexts: [], environment: 'production' })).data;
for (const state of ['in_progress', 'success']) {
  await zupo.repos.createDeploymentStatus({ ...sushi, deployment_id: deployment.id, state });
}

seen.deployed = (await zupo.repos.listDeploymentStatuses({ ...sushi, deployment_id: deployment.id })).data.map(s => s.state);
for (let i = 0; i < 31; i++) {
  await zupo.issues.createComment({ ...issue, body: `${i}` });
}

const comments = await paginate(zupo.issues.listComments, issue);
await zupo.issues.deleteComment({ ...sushi, comment_id: comments[0].id });
seen.comments = [comments.length, (await paginate(zupo.issues.listComments, issue)).length];
seen.issue = (await zupo.issues.get(issue)).data.state;
await zupo.git.deleteRef({ ...sushi, ref: 'heads/rice' });
seen.branch = await refusal(zupo.git.getRef({ ...sushi, ref: 'heads/rice' }));

seen.me = (await zupo.users.getAuthenticated()).data.login;
seen.other = (await zupo.users.getByUsername({ username: 'DZ0NY' })).data.login;
seen.nobody = await refusal(zupo.users.getByUsername({ username: 'no-such-person' }));
seen.rights = (await zupo.repos.getCollaboratorPermissionLevel({ ...sushi, username: 'dz0ny' })).data.permission;
seen.collaborator = await refusal(zupo.repos.checkCollaborator({ ...sushi, username: 'no-such-person' }));
seen.collaborators = (await paginate(zupo.repos.listCollaborators, sushi)).some(c => c.login === 'karantan');
seen.stranger = await refusal(new Octokit({ baseUrl, auth: 'no-such-token', log: silent }).rest.users.getAuthenticated());
seen.left = (await zupo.rateLimit.get()).data.resources.core.remaining > 0;
console.log(JSON.stringify(seen));
