// The official client manages content filters and blocklists.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { all, client, createGroup } from './client.mjs';

const group = 'judged';
const account = 'judged-filters';
const quick = { updateIntervalInMs: 20 };

before(async () => {
    await createGroup(group);
    await client.accounts.beginCreateAndWait(group, account, {
        location: 'swedencentral', kind: 'OpenAI', sku: { name: 'S0' }, properties: { customSubDomainName: account },
    }, quick);
});

test('the system policies are there, and the filters of the region', async () => {
    const names = (await all(client.raiPolicies.list(group, account))).map(p => p.name);
    assert.ok(names.includes('Microsoft.Default') && names.includes('Microsoft.DefaultV2'));
    assert.equal((await client.raiPolicies.get(group, account, 'Microsoft.DefaultV2')).properties.type, 'SystemManaged');
    assert.ok((await all(client.raiContentFilters.list('swedencentral'))).length > 0);
});

test('a blocklist is created, filled one by one and in a batch, listed and emptied', async () => {
    const list = await client.raiBlocklists.createOrUpdate(group, account, 'rivals', { properties: { description: 'Competitors' } });
    assert.equal(list.properties.description, 'Competitors');
    await client.raiBlocklistItems.createOrUpdate(group, account, 'rivals', 'one', { properties: { pattern: 'Fabrikam', isRegex: false } });
    await client.raiBlocklistItems.batchAdd(group, account, 'rivals', [{ name: 'two', properties: { pattern: 'North.*', isRegex: true } }]);
    const items = await all(client.raiBlocklistItems.list(group, account, 'rivals'));
    assert.deepEqual(items.map(i => [i.name, i.properties.pattern, i.properties.isRegex]).sort(), [['one', 'Fabrikam', false], ['two', 'North.*', true]]);
    await client.raiBlocklistItems.batchDelete(group, account, 'rivals', ['one']);
    assert.deepEqual((await all(client.raiBlocklistItems.list(group, account, 'rivals'))).map(i => i.name), ['two']);
});

test('a policy is created, used by a deployment, and deleted after it', async () => {
    const policy = await client.raiPolicies.createOrUpdate(group, account, 'strict', {
        properties: {
            basePolicyName: 'Microsoft.DefaultV2',
            mode: 'Blocking',
            contentFilters: [
                { name: 'Hate', enabled: true, blocking: true, severityThreshold: 'Low', source: 'Prompt' },
                { name: 'Hate', enabled: true, blocking: true, severityThreshold: 'Low', source: 'Completion' },
            ],
            customBlocklists: [{ blocklistName: 'rivals', blocking: true, source: 'Prompt' }],
        },
    });
    assert.equal(policy.properties.type, 'UserManaged');
    const hate = policy.properties.contentFilters.find(f => f.name === 'Hate' && f.source === 'Prompt');
    assert.equal(hate.severityThreshold, 'Low');

    const deployment = await client.deployments.beginCreateOrUpdateAndWait(group, account, 'chat', {
        sku: { name: 'GlobalStandard', capacity: 1 }, properties: { model: { format: 'OpenAI', name: 'gpt-5-mini' }, raiPolicyName: 'strict' },
    }, quick);
    assert.equal(deployment.properties.raiPolicyName, 'strict');
    await client.deployments.beginDeleteAndWait(group, account, 'chat', quick);
    await client.raiPolicies.beginDeleteAndWait(group, account, 'strict', quick);
    assert.equal((await client.raiPolicies.get(group, account, 'strict').catch(e => e)).statusCode, 404);
    await client.raiBlocklists.beginDeleteAndWait(group, account, 'rivals', quick);
    assert.deepEqual(await all(client.raiBlocklists.list(group, account)), []);
});
