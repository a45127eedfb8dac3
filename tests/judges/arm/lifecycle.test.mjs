// The official client takes an account through its life. What it cannot read, or reads as something else, is a fault of the emulator.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { all, client, connect, control, createGroup, subscription } from './client.mjs';

const group = 'judged';
const account = 'judged-account';
const deployment = 'chat';
const gpt = { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' };
const quick = { updateIntervalInMs: 20 };

before(() => createGroup(group));

test('an account is created and waited for', async () => {
    const created = await client.accounts.beginCreateAndWait(group, account, {
        location: 'swedencentral', kind: 'OpenAI', sku: { name: 'S0' }, tags: { team: 'one' }, properties: { customSubDomainName: account },
    }, quick);
    assert.equal(created.properties.provisioningState, 'Succeeded');
    assert.equal(created.name, account);
    assert.equal(created.kind, 'OpenAI');
    assert.equal(created.sku.name, 'S0');
    assert.deepEqual(created.tags, { team: 'one' });
    assert.ok(created.properties.endpoint.endsWith(`/${account}/`));
    assert.ok(created.properties.endpoints['OpenAI Language Model Instance API']);
    assert.ok(created.properties.dateCreated);
    assert.ok(created.systemData.createdAt instanceof Date);
    assert.ok(created.etag);
});

test('it is read and listed', async () => {
    const read = await client.accounts.get(group, account);
    assert.equal(read.id, `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.CognitiveServices/accounts/${account}`);
    assert.equal(read.properties.publicNetworkAccess, 'Enabled');
    assert.ok((await all(client.accounts.list())).some(a => a.id === read.id));
    assert.deepEqual((await all(client.accounts.listByResourceGroup(group))).map(a => a.name), [account]);
});

test('a PATCH changes what it names only', async () => {
    const updated = await client.accounts.beginUpdateAndWait(group, account, { tags: { team: 'two' } }, quick);
    assert.deepEqual(updated.tags, { team: 'two' });
    assert.equal(updated.properties.customSubDomainName, account);
});

test('its keys are listed, and one is regenerated', async () => {
    const keys = await client.accounts.listKeys(group, account);
    assert.ok(keys.key1 && keys.key2 && keys.key1 !== keys.key2);
    const changed = await client.accounts.regenerateKey(group, account, 'Key2');
    assert.equal(changed.key1, keys.key1);
    assert.notEqual(changed.key2, keys.key2);
});

test('its SKUs, models and the models of a region are listed', async () => {
    const skus = await client.accounts.listSkus(group, account);
    assert.equal(skus.value[0].sku.name, 'S0');
    const own = await all(client.accounts.listModels(group, account));
    assert.ok(own.some(m => m.name === gpt.name && m.version === gpt.version && m.skus.some(s => s.name === 'GlobalStandard')));
    const regional = await all(client.models.list('swedencentral'));
    const entry = regional.find(m => m.kind === 'OpenAI' && m.model.name === gpt.name && m.model.version === gpt.version);
    assert.equal(entry.skuName, 'S0');
    assert.equal(entry.model.lifecycleStatus, 'GenerallyAvailable');
    const sku = entry.model.skus.find(s => s.name === 'GlobalStandard');
    assert.equal(typeof sku.capacity.maximum, 'number');
    assert.equal(typeof sku.rateLimits[0].count, 'number');
    assert.ok(entry.model.deprecation.inference);
    assert.ok(Object.keys(entry.model.capabilities).includes('chatCompletion'));
});

test('a deployment is created, read, listed and scaled', async () => {
    const created = await client.deployments.beginCreateOrUpdateAndWait(group, account, deployment, {
        sku: { name: 'GlobalStandard', capacity: 10 }, properties: { model: gpt },
    }, quick);
    assert.equal(created.properties.provisioningState, 'Succeeded');
    assert.deepEqual(created.properties.model.version, gpt.version);
    assert.equal(created.properties.versionUpgradeOption, 'OnceNewDefaultVersionAvailable');
    assert.deepEqual(created.properties.rateLimits.map(l => l.key).sort(), ['request', 'token']);
    const scaled = await client.deployments.beginUpdateAndWait(group, account, deployment, { sku: { name: 'GlobalStandard', capacity: 20 } }, quick);
    assert.equal(scaled.sku.capacity, 20);
    const read = await client.deployments.get(group, account, deployment);
    assert.equal(read.properties.currentCapacity, 20);
    assert.equal(read.properties.model.name, gpt.name);
    assert.deepEqual((await all(client.deployments.list(group, account))).map(d => d.name), [deployment]);
    assert.ok((await all(client.deployments.listSkus(group, account, deployment))).some(s => s.sku.name === 'GlobalStandard'));
});

test('a slow deployment is polled until it is there', async () => {
    await control('POST', 'faults', { kind: 'slow-operation', seconds: 1, count: 1, match: { method: 'PUT', path: '/deployments/slow' } });
    const made = await client.deployments.beginCreateOrUpdateAndWait(group, account, 'slow', {
        sku: { name: 'GlobalStandard', capacity: 1 }, properties: { model: gpt },
    }, quick);
    assert.equal(made.properties.provisioningState, 'Succeeded');
    await client.deployments.beginDeleteAndWait(group, account, 'slow', quick);
});

test('the quota of the region says what the deployment uses', async () => {
    const rows = await all(client.usages.list('swedencentral'));
    const row = rows.find(u => u.name.value === 'OpenAI.GlobalStandard.gpt-5-mini');
    assert.equal(row.currentValue, 20);
    assert.ok(row.limit > 20);
    assert.equal(row.unit, 'Count');
    assert.ok(row.name.localizedValue);
    assert.ok((await client.accounts.listUsages(group, account)).value);
});

test('availability is asked for', async () => {
    const taken = await client.checkDomainAvailability(account, 'Microsoft.CognitiveServices/accounts');
    assert.equal(taken.isSubdomainAvailable, false);
    assert.ok(taken.reason);
    const free = await client.checkDomainAvailability('nobody-has-it', 'Microsoft.CognitiveServices/accounts');
    assert.equal(free.isSubdomainAvailable, true);
    const sku = await client.checkSkuAvailability('swedencentral', ['S0'], 'OpenAI', 'Microsoft.CognitiveServices/accounts');
    assert.equal(sku.value[0].skuAvailable, true);
    const stock = await all(client.locationBasedModelCapacities.list('swedencentral', gpt.format, gpt.name, gpt.version));
    assert.ok(stock.every(s => typeof s.properties.availableCapacity === 'number'));
    assert.ok((await all(client.modelCapacities.list(gpt.format, gpt.name, gpt.version))).length >= stock.length);
});

test('small pages are followed to the end', async () => {
    const before = await all(client.models.list('swedencentral'));
    await control('PATCH', 'settings', { pageSize: 3 });
    assert.deepEqual((await all(client.models.list('swedencentral'))).map(m => [m.kind, m.model.name, m.model.version]),
        before.map(m => [m.kind, m.model.name, m.model.version]));
    await control('PATCH', 'settings', { pageSize: 250 });
});

test('errors have their code, message and status', async () => {
    const missing = await client.deployments.get(group, account, 'nope').catch(e => e);
    assert.equal(missing.statusCode, 404);
    assert.equal(missing.code, 'NotFound');
    const quota = await client.deployments.beginCreateOrUpdateAndWait(group, account, 'big', {
        sku: { name: 'GlobalStandard', capacity: 900000 }, properties: { model: gpt },
    }, quick).catch(e => e);
    assert.equal(quota.statusCode, 400);
    assert.equal(quota.code, 'InsufficientQuota');
    const version = await connect({ apiVersion: '2020-01-01' }).accounts.get(group, account).catch(e => e);
    assert.equal(version.statusCode, 400);
    assert.equal(version.code, 'NoRegisteredProviderFound');
});

test('a throttled request is tried again', async () => {
    await control('POST', 'faults', { kind: 'throttle', seconds: 1, count: 1, match: { method: 'GET', path: '/accounts/' } });
    assert.equal((await client.accounts.get(group, account)).name, account);
});

test('a deleted account is listed, restored, deleted again and purged', async () => {
    await client.deployments.beginDeleteAndWait(group, account, deployment, quick);
    await client.accounts.beginDeleteAndWait(group, account, quick);
    assert.equal((await client.accounts.get(group, account).catch(e => e)).code, 'ResourceNotFound');
    const [deleted] = await all(client.deletedAccounts.list());
    assert.equal(deleted.name, account);
    assert.equal(new Date(deleted.properties.scheduledPurgeDate) - new Date(deleted.properties.deletionDate), 48 * 3_600_000);
    const again = await client.accounts.beginCreateAndWait(group, account, {
        location: 'swedencentral', kind: 'OpenAI', sku: { name: 'S0' }, properties: {},
    }, quick).catch(e => e);
    assert.equal(again.code, 'FlagMustBeSetForRestore');
    const restored = await client.accounts.beginCreateAndWait(group, account, { location: 'swedencentral', properties: { restore: true } }, quick);
    assert.equal(restored.properties.provisioningState, 'Succeeded');
    await client.accounts.beginDeleteAndWait(group, account, quick);
    assert.equal((await client.deletedAccounts.get('swedencentral', group, account)).name, account);
    await client.deletedAccounts.beginPurgeAndWait('swedencentral', group, account, quick);
    assert.deepEqual(await all(client.deletedAccounts.list()), []);
});
